/**
 * The hosts of browsers' push services, or what their names end with. A subscription is made by a
 * visitor's browser, so it could name any host: others are refused.
 */
const KNOWN = [
  // Chrome, Edge on Android, Opera, Brave, Samsung Internet
  'fcm.googleapis.com',
  'jmt17.google.com',
  // Firefox
  '.push.services.mozilla.com',
  // Safari
  '.push.apple.com',
  // Edge
  '.notify.windows.com',
]

/**
 * Whether a subscription may be sent to.
 *
 * @param others hosts that the operator allows, each with a port or without; they may speak plain http
 */
export function isPushService(endpoint: string, others: readonly string[]): boolean {
  const url = URL.parse(endpoint)
  if (!url || url.username || url.password || endpoint.length > LONGEST) return false
  if (others.includes(url.host)) return true

  const { protocol, hostname, port } = url
  const isKnown = KNOWN.some((name) =>
    name.startsWith('.') ? hostname.endsWith(name) : hostname === name
  )
  return isKnown && protocol === 'https:' && port === ''
}

/** Of an endpoint's URL, in characters; those of today have some 250. */
const LONGEST = 1000
