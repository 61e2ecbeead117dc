import { once } from 'node:events'
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { encodeBlockExtention, type PlayBlock } from '#demo/tron/block'
import { upTo, type ChainView } from '#demo/tron/chain_view'

/** Status codes of gRPC. */
const OK = 0
const UNKNOWN = 2
const UNIMPLEMENTED = 12

const PATH = /^\/protocol\.(Wallet|WalletSolidity)\/(\w+)$/

/** Before a message: not compressed, and its length in four bytes. */
const PREFIX_BYTES = 5

/**
 * A node's gRPC interface as far as it hands out blocks: the bytes that roots and ids cover, which
 * JSON does not always show.
 */
export class GrpcServer {
  readonly #server: Http2Server
  readonly #view: () => ChainView

  private constructor(view: () => ChainView) {
    this.#view = view
    this.#server = createServer()
    this.#server.on('stream', (stream, headers) => {
      void this.#serve(stream, String(headers[':path']))
    })
  }

  /** @param view the chain as the node tells it at that moment */
  static async start(view: () => ChainView, port = 0): Promise<GrpcServer> {
    const server = new GrpcServer(view)
    server.#server.listen(port, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop() {
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(stream: ServerHttp2Stream, path: string) {
    const sent = await buffer(stream)
    const request = sent.subarray(PREFIX_BYTES)
    const [, service, method = ''] = PATH.exec(path) ?? []
    const read = METHODS[method]
    const view = this.#view()
    const block = read?.(service === 'Wallet' ? view : upTo(view, view.solid), request)

    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc' },
      { waitForTrailers: true }
    )
    stream.on('wantTrailers', () => {
      const status = read ? (block ? OK : UNKNOWN) : UNIMPLEMENTED
      stream.sendTrailers({ 'grpc-status': String(status) })
    })
    stream.end(block && framed(encodeBlockExtention(block)))
  }
}

/** What answers a `BlockExtention`. A node has no message for a block that it does not know. */
const METHODS: Record<string, (view: ChainView, request: Buffer) => PlayBlock | undefined> = {
  GetNowBlock2: (view) => view.block(view.head),
  GetBlockByNum2: (view, request) => view.block(numberIn(request)),
  GetBlock: (view, request) => view.block(Number(textIn(request) || view.head)),
}

/** `NumberMessage`: an int64 in field 1. */
function numberIn(request: Buffer): number {
  return request.subarray(1).reduceRight((sum, byte) => sum * 128 + (byte & 0x7f), 0)
}

/** `BlockReq`: a short text in field 1. */
function textIn(request: Buffer): string {
  return request[0] === 0x0a ? request.subarray(2, 2 + request[1]!).toString() : ''
}

function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}
