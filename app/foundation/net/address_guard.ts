import { BlockList, isIP } from 'node:net'

/** Not reachable for receivers' sake: private, shared, loopback, link-local, test, multicast, reserved. */
const FORBIDDEN_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Azure answers every machine of its own here with its keys; the clouds' other addresses for that lie
  // in the networks beside it, or outside of 2000::/3.
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** Of IPv6 only 2000::/3 is public at all, which leaves out every way to write an IPv4 address. */
const PUBLIC_IPV6 = ['2000::/3']
const FORBIDDEN_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

/** Says which addresses a webhook may be sent to. */
export class AddressGuard {
  readonly #exceptions: BlockList
  readonly #forbidden = blockList([...FORBIDDEN_IPV4, ...FORBIDDEN_IPV6])
  readonly #publicIpv6 = blockList(PUBLIC_IPV6)

  /** @param allowedNetworks networks in CIDR notation that are allowed all the same */
  constructor(allowedNetworks: readonly string[]) {
    this.#exceptions = blockList(allowedNetworks)
  }

  /** False for everything that is not a plain public address. */
  allows(address: string): boolean {
    const version = isIP(address)
    if (version === 0 || address.includes('%')) {
      return false
    }
    const family = version === 4 ? 'ipv4' : 'ipv6'
    if (this.#exceptions.check(address, family)) {
      return true
    }
    const isPublic = version === 4 || this.#publicIpv6.check(address, family)
    return isPublic && !this.#forbidden.check(address, family)
  }
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address, prefix] = network.split('/') as [string, string]
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
