import type { IncomingMessage } from 'node:http'

/**
 * Gives a request the form that the application reads. A client may name the whole URL in the request
 * line, as it does towards a proxy (RFC 9112 §3.2.2); its host then counts, and not the header's.
 * What proxies say of the host and protocol is dropped where it names none.
 *
 * @returns false for a target or a host that no URL can have, and for what cannot be read as it was sent
 */
export function normalizeRequest(request: IncomingMessage): boolean {
  const { headers } = request
  if (!hasOneHost(request) || !isReadAsSent(request)) return false
  if (!isHost(headers['x-forwarded-host'])) delete headers['x-forwarded-host']
  if (!isProtocol(headers['x-forwarded-proto'])) delete headers['x-forwarded-proto']

  const target = request.url ?? '/'
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(target))
    return headers.host === undefined || isHost(headers.host)

  const url = URL.parse(target)
  if (!url || !/^https?:$/.test(url.protocol)) return false
  headers.host = url.host
  request.url = `${url.pathname}${url.search}`
  return true
}

/** HTTP/1.0 knows no hosts. Of two, a proxy in front may have believed the other. */
function hasOneHost({ headersDistinct: { host = [] }, httpVersion }: IncomingMessage): boolean {
  return host.length === 1 || (host.length === 0 && httpVersion === '1.0')
}

/** Node.js undoes no coding of a transfer but `chunked`. */
function isReadAsSent({ headers }: IncomingMessage): boolean {
  return /^chunked$/i.test(headers['transfer-encoding'] ?? 'chunked')
}

type Header = string | string[] | undefined

/** Of several proxies, the first said what the visitor typed. */
const firstOf = (header: Header) => String(header).split(',')[0]!.trim()

const isHost = (header: Header) =>
  /^[\w.:[\]-]+$/.test(firstOf(header)) && URL.canParse(`http://${firstOf(header)}`)

const isProtocol = (header: Header) => /^https?$/i.test(firstOf(header))
