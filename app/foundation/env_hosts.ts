import { isIP } from 'node:net'
import { refuse, splitList, type Rule } from '#foundation/env_rules'

/** Rules for environment variables that name places on the network: URLs, hosts, networks, sites. */

/** Absolute URLs of the given protocols, separated by commas. */
export function urlList(protocols: string[], example: string): Rule<string[]> {
  return (key, value) => {
    const urls = splitList(value)
    const expected = `URLs (${protocols.join(', ')}) separated by commas`
    const mistakes = urls.map((url) => urlMistake(url, protocols))
    const wrong = mistakes.findIndex((mistake) => mistake !== null)
    if (urls.length > 0 && wrong === -1) return urls

    const place = urls.length > 1 ? `URL ${wrong + 1} of ${urls.length} ` : ''
    return refuse(
      key,
      value,
      expected,
      example,
      `should be ${expected}, but ${place || 'it '}${mistakes[wrong] ?? 'holds none'}`
    )
  }
}

/** One absolute URL of the given protocols. */
export function oneUrl(protocols: string[], example: string): Rule<string> {
  return (key, value) => {
    const mistake = urlMistake(value ?? '', protocols)
    if (mistake === null) return value!

    const expected = `a URL (${protocols.join(', ')})`
    return refuse(key, value, expected, example, `should be ${expected}, but it ${mistake}`)
  }
}

/**
 * One URL over TLS. Without TLS only to this machine: what is sent there may hold keys.
 *
 * @param protocols with TLS and without, such as https and http
 */
export function secureUrl([secure, plain]: [string, string], example: string): Rule<string> {
  const anyUrl = oneUrl([secure, plain], example)
  return (key, value) => {
    const url = anyUrl(key, value)
    const { protocol, hostname } = new URL(url)
    if (protocol === `${secure}:` || LOOPBACK.test(hostname)) return url
    const mistake = `begins with ${plain}://, which is for this machine alone (127.0.0.1)`
    return refuse(key, value, `a URL (${secure})`, example, mistake)
  }
}

const REDIS = 'redis://user:password@127.0.0.1:6379/0'

/** Where Redis is. Its path is the number of a database. */
export const redisUrl: Rule<string> = (key, value) => {
  const url = oneUrl(['redis', 'rediss'], REDIS)(key, value)
  if (/^\/?$|^\/\d{1,3}$/.test(new URL(url).pathname)) return url
  const expected = 'a URL (redis, rediss)'
  const mistake = 'should end with the number of a database, or with nothing'
  return refuse(key, value, expected, REDIS, mistake)
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** What is wrong with a URL, or null. */
function urlMistake(candidate: string, protocols: string[]): string | null {
  const beginnings = protocols.map((protocol) => `${protocol}://`)
  if (!beginnings.some((beginning) => candidate.toLowerCase().startsWith(beginning))) {
    return `does not begin with ${beginnings.join(' or ')}`
  }
  const url = URL.parse(candidate)
  if (!url)
    return 'cannot be read: look at its host, its port, and its password (%40 for @, %2F for /)'
  if (url.hash.includes('@')) return 'has a # before its host (%23 in a password)'
  return canBeDecoded(url)
    ? null
    : 'has a user name or password with a % that encodes nothing (%25 for %)'
}

function canBeDecoded({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password)
    return true
  } catch {
    return false
  }
}

/** Networks in CIDR notation, separated by commas; none so wide that it takes in half the world. */
export const networkList: Rule<string[]> = (key, value) => {
  const networks = splitList(value)
  if (networks.length > 0 && networks.every(isNetwork)) return networks
  return refuse(
    key,
    value,
    'networks such as 10.1.0.0/16 (/8 to /32, IPv6 /16 to /128) separated by commas',
    '127.0.0.0/8,::1/128'
  )
}

function isNetwork(network: string): boolean {
  const [address = '', prefix = '', ...rest] = network.split('/')
  const version = isIP(address)
  const [widest, narrowest] = version === 6 ? [16, 128] : [8, 32]
  const bits = /^\d+$/.test(prefix) ? Number(prefix) : Number.NaN
  return version > 0 && rest.length === 0 && bits >= widest && bits <= narrowest
}

/** Names or addresses of hosts, each with a port or without, separated by commas; in lower case. */
export const hostList: Rule<string[]> = (key, value) => {
  const hosts = splitList(value).map((host) => host.toLowerCase())
  if (hosts.length > 0 && hosts.every(isHost)) return hosts
  return refuse(
    key,
    value,
    'hosts separated by commas, without https:// and without a path',
    'ilink.example.com,127.0.0.1:4010'
  )
}

function isHost(host: string): boolean {
  const url = URL.parse(`http://${host}/`)
  // A port of 80 is left out of what URL answers.
  return url !== null && [url.host, `${url.host}:80`].includes(host)
}

/**
 * The origin of a site: what people type to reach it, without a path, because pages are at its root.
 * Over https, unless it is this machine: browsers send the cookies of a login over nothing else.
 */
export const siteOrigin: Rule<string> = (key, value) => {
  const refuseSite = (mistake?: string) =>
    refuse(key, value, 'the URL of the site', 'https://regou.example.com', mistake)

  const site = URL.parse(value ?? '')
  if (!site || !/^https?:$/.test(site.protocol) || !SITE_HOST.test(site.host)) return refuseSite()
  if (site.protocol === 'http:' && !LOOPBACK.test(site.hostname)) {
    return refuseSite('begins with http://, over which no browser logs in, except to this machine')
  }
  if (site.pathname !== '/' || site.search || site.hash) {
    return refuseSite('has more than a host: pages are at the root of their site')
  }
  return site.origin
}

/** The hosts that a login message (EIP-4361) can name to every wallet. */
const SITE_HOST = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?$/
