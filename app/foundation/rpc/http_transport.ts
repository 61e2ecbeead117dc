import { STATUS_CODES } from 'node:http'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent, interceptors, request } from 'undici'
import { HttpRequestError, ResponseBodyTooLargeError, RpcRequestError } from 'viem'

/** The longest answer that is read, in bytes. A longer one is asked for again in a narrower range. */
const LONGEST_ANSWER = 10_485_760

const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 5 }))
const unzipped = promisify(gunzip)

/**
 * JSON-RPC over HTTP, with viem's errors. viem's own transport builds each request twice and an
 * error for its timeout beforehand, and reads answers through web streams: it takes four times the CPU.
 */
export class HttpTransport {
  readonly #url: string
  readonly #headers: Record<string, string>
  #lastId = 0

  constructor(url: string) {
    const { username, password, href } = new URL(url)
    this.#url = href.replace(/\/\/[^/]*@/, '//')
    this.#headers = {
      'content-type': 'application/json',
      'accept': 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'regou',
      ...(username && { authorization: basicAuthorization(username, password) }),
    }
  }

  /**
   * Answers the result of a call.
   *
   * @throws RpcRequestError, ResponseBodyTooLargeError or HttpRequestError
   */
  async request(call: { method: string; params: unknown[] }, signal: AbortSignal) {
    const body = { jsonrpc: '2.0', id: ++this.#lastId, ...call }
    const url = this.#url
    const { error, result } = await this.#post(body, signal).catch((cause) => {
      if (cause instanceof HttpRequestError || cause instanceof ResponseBodyTooLargeError) {
        throw cause
      }
      throw new HttpRequestError({ body, cause, url })
    })
    if (error) throw new RpcRequestError({ body, error, url })
    return result
  }

  async #post(call: Record<string, unknown>, signal: AbortSignal): Promise<RpcAnswer> {
    const sent = { method: 'POST', headers: this.#headers, body: JSON.stringify(call) } as const
    const asked = request(this.#url, { ...sent, signal, dispatcher })
    const { statusCode, headers, body } = await asked.catch((cause) => {
      throw new TypeError('fetch failed', { cause })
    })
    const text = await textOf(body, headers['content-encoding'] === 'gzip')
    const isOk = statusCode >= 200 && statusCode < 300
    const answer = answerIn(text, isOk)
    if (isOk || isRpcError(answer.error)) {
      return answer
    }
    throw new HttpRequestError({
      body: call,
      details: JSON.stringify(answer.error) || STATUS_CODES[statusCode],
      headers: new Headers(headers as Record<string, string>),
      status: statusCode,
      url: this.#url,
    })
  }
}

interface RpcAnswer {
  error?: { code: number; message: string }
  result?: unknown
}

/** Of what stands before the host of a URL, where some providers have a key. */
function basicAuthorization(username: string, password: string): string {
  const [name, secret] = [username, password].map(decoded)
  return `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** @throws ResponseBodyTooLargeError */
async function textOf(body: Readable, isZipped: boolean): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size > LONGEST_ANSWER) throw tooLong()
  }
  const bytes = Buffer.concat(chunks)
  return String(isZipped ? await unzip(bytes) : bytes)
}

async function unzip(bytes: Buffer) {
  try {
    return await unzipped(bytes, { maxOutputLength: LONGEST_ANSWER })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error
    throw tooLong()
  }
}

/** How long it is is not known: no more of it is read. */
function tooLong() {
  return new ResponseBodyTooLargeError({ maxSize: LONGEST_ANSWER, size: LONGEST_ANSWER + 1 })
}

/** What is no JSON is the error of an answer that failed anyway: a page of a gateway, or a sentence. */
function answerIn(text: string, isOk: boolean): RpcAnswer {
  try {
    return Object(JSON.parse(text || '{}'))
  } catch (error) {
    if (isOk) throw error
    return { error: text as never }
  }
}

function isRpcError(error: RpcAnswer['error']): boolean {
  return typeof error?.code === 'number' && typeof error.message === 'string'
}
