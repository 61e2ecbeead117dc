import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** What is answered before the application knows of a request, in the words of its API. */
interface PlainAnswer {
  status: number
  code: string
  message: string
}

const BAD_REQUEST: PlainAnswer = {
  status: 400,
  code: 'malformed_request',
  message: 'This is no HTTP request that can be read',
}

/** What routes are there for, as `Allow` says it of the whole server. */
export const METHODS = 'GET, HEAD, POST, PATCH, DELETE, OPTIONS'

const NO_TUNNEL: PlainAnswer = {
  status: 405,
  code: 'method_not_allowed',
  message: 'This is no proxy: there is no CONNECT here',
}

/** What Node.js could not read, by its error code; everything else is a bad request. */
const UNREADABLE: Record<string, PlainAnswer> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers_too_large',
    message: 'The headers are larger than 16 KB',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request_timeout',
    message: 'The request took too long to arrive',
  },
}

/** Answers a path with a % that encodes no text, or a host that is missing, cannot be, or comes twice. */
export function refuseTarget(_request: IncomingMessage, response: ServerResponse) {
  const message = 'The path or the host cannot be read: name one Host, and write % as %25'
  const body = toBody({ status: 400, code: 'malformed_url', message })
  response.writeHead(400, { 'content-type': JSON_TYPE, 'content-length': body.length })
  response.end(body)
}

/** Answers an `Expect` that nothing here can meet. */
export function refuseExpectation({ headers }: IncomingMessage, response: ServerResponse) {
  const message = `Nothing here can meet "Expect: ${headers.expect}", but only 100-continue`
  const body = toBody({ status: 417, code: 'expectation_failed', message })
  response.writeHead(417, { 'content-type': JSON_TYPE, 'content-length': body.length })
  response.end(body)
}

/** Answers CONNECT: this is no proxy. */
export function refuseTunnel(_request: IncomingMessage, socket: Duplex) {
  socket.on('error', () => socket.destroy())
  endWith(socket, NO_TUNNEL, [`allow: ${METHODS}`])
}

/** Answers on a connection whose request was not readable, and ends it. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex) {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  endWith(socket, UNREADABLE[error.code ?? ''] ?? BAD_REQUEST)
}

function endWith(socket: Duplex, answer: PlainAnswer, headers: string[] = []) {
  const body = toBody(answer)
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`,
    `content-type: ${JSON_TYPE}`,
    `content-length: ${body.length}`,
    'connection: close',
    ...headers,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const JSON_TYPE = 'application/json; charset=utf-8'

function toBody({ code, message }: PlainAnswer) {
  return Buffer.from(JSON.stringify({ errors: [{ code, message }] }))
}
