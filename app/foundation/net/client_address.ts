import { BlockList, isIP } from 'node:net'

/** Whether a peer may say for whom it asks: a proxy of ours. */
export type IsTrusted = (address: string) => boolean

/** Trusts the addresses of networks in CIDR notation, an IPv4 address also where IPv6 writes it. */
export function trustNetworks(networks: readonly string[]): IsTrusted {
  const list = new BlockList()
  for (const network of networks) {
    const [address, prefix] = network.split('/') as [string, string]
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return (text) => {
    const address = parseAddress(text)
    return address !== null && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
}

/**
 * Who asks: the last address before our own proxies. What stands left of it in `X-Forwarded-For` was
 * written by the visitor. A value that is no address ends the search at the proxy that passed it on.
 *
 * @param peer the address at the other end of the connection
 * @param forwardedFor the header, with one address for each proxy on the way
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: IsTrusted
): string {
  let client = parseAddress(peer ?? '') ?? '0.0.0.0'
  for (const hop of (forwardedFor ?? '').split(',').reverse()) {
    const before = parseAddress(hop)
    if (!isTrusted(client) || before === null) return client
    client = before
  }
  return client
}

/**
 * An address as it is stored and compared: without a port (`203.0.113.9:50123`, `[2001:db8::1]:443`),
 * without a zone, in its shortest form, IPv4 never written as IPv6. Null for anything else.
 */
export function parseAddress(text: string): string | null {
  const word = text.trim()
  const bare = /^\[(.+)\](?::\d+)?$/.exec(word)?.[1] ?? /^([\d.]+):\d+$/.exec(word)?.[1] ?? word
  if (isIP(bare) !== 6) return isIP(bare) === 4 ? bare : null

  const address = new URL(`http://[${bare.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
  return unmapped(address) ?? address
}

/** The IPv4 address in `::ffff:cb00:7109`, or null where there is none. */
function unmapped(address: string): string | null {
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(address) ?? []
  if (!high || !low) return null
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [first >> 8, first & 255, second >> 8, second & 255].join('.')
}

/**
 * What counts as one visitor where requests are limited: an IPv4 address, or the /64 that a provider
 * gives to one customer, who has 2^64 addresses to ask from.
 *
 * @param address as `parseAddress` answers it
 */
export function visitorNetwork(address: string): string {
  if (isIP(address) !== 6) return address

  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = Array<string>(tail === undefined ? 0 : 8 - left.length - right.length).fill('0')
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}
