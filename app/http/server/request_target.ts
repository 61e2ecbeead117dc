import type { IncomingMessage } from 'node:http'

/**
 * Gives a request the form that the application reads. A client may name the whole URL in the request
 * line, as it does towards a proxy (RFC 9112 §3.2.2); its host then counts, and not the header's.
 * What proxies say of the host and protocol is dropped where it names none.
 *
 * @returns false for a target or a host that no URL can have
 */
export function normalizeRequest(request: IncomingMessage): boolean {
  const { headers } = request
  if (!isHost(headers['x-forwarded-host'])) delete headers['x-forwarded-host']
  if (!isProtocol(headers['x-forwarded-proto'])) delete headers['x-forwarded-proto']

  const target = request.url ?? '/'
  if (!/^https?:\/\//i.test(target)) return headers.host === undefined || isHost(headers.host)

  const url = URL.parse(target)
  if (!url) return false
  headers.host = url.host
  request.url = `${url.pathname}${url.search}`
  return true
}

type Header = string | string[] | undefined

/** Of several proxies, the first said what the visitor typed. */
const firstOf = (header: Header) => String(header).split(',')[0]!.trim()

const isHost = (header: Header) =>
  /^[\w.:[\]-]+$/.test(firstOf(header)) && URL.canParse(`http://${firstOf(header)}`)

const isProtocol = (header: Header) => /^https?$/i.test(firstOf(header))
