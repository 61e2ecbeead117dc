import { connect } from 'node:http2'
import { buffer } from 'node:stream/consumers'
import type { Logger } from '@adonisjs/core/logger'
import { hideSecretsOf } from '#foundation/text/redact'
import { readBlockExtention, type GivenBlock } from '#sources/tron/block'
import { writeMessage } from '#sources/tron/protobuf_writer'

const METHOD = '/protocol.Wallet/GetBlockByNum2'
const TIMEOUT_MS = 20_000

/** In front of each message: whether it is compressed, and its length in four bytes. */
const PREFIX_BYTES = 5

/**
 * Blocks as the bytes of the network, over gRPC: they prove themselves, so that it does not matter
 * which node has sent them.
 */
export class GrpcBlocks {
  constructor(
    private readonly urls: readonly string[],
    private readonly logger: Logger
  ) {
    urls.forEach(hideSecretsOf)
  }

  /** The block with this id, its transactions proven; null where no node can give it. */
  async read(number: number, id: string): Promise<GivenBlock | null> {
    for (const url of this.urls) {
      try {
        const block = readBlockExtention(await call(url, writeMessage([[1, number]])))
        if (block.header.id === id && block.isProven) return block
        this.logger.warn(`${new URL(url).host} gave bytes over gRPC that are not block ${number}`)
      } catch (error) {
        const why = (error as Error).message
        this.logger.debug(`${new URL(url).host} gave no block ${number} over gRPC: ${why}`)
      }
    }
    return null
  }
}

/** A unary call: HTTP/2, and a prefix before each message. */
async function call(url: string, message: Buffer): Promise<Buffer> {
  const session = connect(url)
  const failed = Promise.withResolvers<never>()
  session.on('error', failed.reject)
  const timer = setTimeout(() => failed.reject(new Error('no answer in time')), TIMEOUT_MS)
  try {
    return await Promise.race([failed.promise, exchange(session, message)])
  } finally {
    clearTimeout(timer)
    session.destroy()
  }
}

async function exchange(session: ReturnType<typeof connect>, message: Buffer): Promise<Buffer> {
  const stream = session.request({
    ':method': 'POST',
    ':path': METHOD,
    'content-type': 'application/grpc',
    'te': 'trailers',
  })
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt32BE(message.length, 1)
  stream.end(Buffer.concat([prefix, message]))

  const answer = await buffer(stream)
  const length = answer.length < PREFIX_BYTES ? -1 : answer.readUInt32BE(1)
  if (answer[0] !== 0 || answer.length !== PREFIX_BYTES + length) {
    throw new Error('the answer holds no whole message')
  }
  return answer.subarray(PREFIX_BYTES)
}
