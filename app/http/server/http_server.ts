import type { RequestListener } from 'node:http'
import compression from 'compression'
import { setBaseHeaders } from '#http/server/base_headers'
import { GracefulServer } from '#http/server/graceful_server'
import {
  METHODS,
  refuseExpectation,
  refuseTarget,
  refuseTunnel,
  refuseUnreadable,
} from '#http/server/plain_answers'
import { normalizeRequest } from '#http/server/request_target'

/** Compresses texts from 1 KB on. Streams of events are sent as they come, never held for a full block. */
const compress = compression({
  filter: (request, response) =>
    !/^text\/event-stream/.test(String(response.getHeader('content-type'))) &&
    compression.filter(request, response),
})

/** The server below the application: what holds for every request, whichever route it is for. */
export function createHttpServer(application: RequestListener): GracefulServer {
  const server = new GracefulServer((request, response) => {
    setBaseHeaders(response)
    if (!normalizeRequest(request)) return refuseTarget(request, response)
    // OPTIONS * asks for the whole server.
    if (request.url === '*') return void response.writeHead(204, { allow: METHODS }).end()
    compress(request as never, response as never, () => application(request, response))
  })
  return server
    .on('clientError', refuseUnreadable)
    .on('checkExpectation', refuseExpectation)
    .on('connect', refuseTunnel)
}
