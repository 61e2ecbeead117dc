import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { HttpContext } from '@adonisjs/core/http'

/** From here on an answer is worth compressing, in bytes. */
const COMPRESSED_FROM = 1024

/** As the server compresses what is made for one reader. */
const COMPRESS = {
  br: (plain: Buffer) =>
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (plain: Buffer) => promisify(gzip)(plain),
}

type Encoding = keyof typeof COMPRESS

/** Answers made ready that are remembered; the one that was asked for longest ago is forgotten. */
const MOST_REMEMBERED = 300

const remembered = new Map<string, ReadyAnswer>()

/** The answer of this JSON text: the same text is made ready once. */
export function readyAnswer(json: string): ReadyAnswer {
  const answer = remembered.get(json) ?? new ReadyAnswer(json)
  remembered.delete(json)
  remembered.set(json, answer)
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!)
  return answer
}

/**
 * JSON that many readers get: bytes, and compressed bytes, are made once for all of them.
 * Compressing takes ten times as long as all else that an answer from memory needs.
 */
export class ReadyAnswer {
  readonly #plain: Buffer
  readonly #compressed = new Map<Encoding, Promise<Buffer>>()

  /** @param json as text */
  constructor(json: string) {
    this.#plain = Buffer.from(json)
  }

  async send({ request, response }: HttpContext) {
    response.header('content-type', 'application/json; charset=utf-8')
    const encoding = this.#plain.length < COMPRESSED_FROM ? null : encodingFor(request)
    if (encoding === null) return response.send(this.#plain)

    const body = await this.#compress(encoding)
    response.header('content-encoding', encoding).send(body)
  }

  #compress(encoding: Encoding): Promise<Buffer> {
    const known = this.#compressed.get(encoding)
    if (known) return known

    const made = COMPRESS[encoding](this.#plain)
    this.#compressed.set(encoding, made)
    return made
  }
}

function encodingFor(request: HttpContext['request']): Encoding | null {
  if (request.header('accept-encoding') === undefined) return null
  const encoding = request.encoding(['br', 'gzip', 'identity'])
  return encoding === 'br' || encoding === 'gzip' ? encoding : null
}
