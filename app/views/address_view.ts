import * as Address from 'ox/Address'
import { shortAddress } from '#foundation/text/short_address'

/** An address as people see it: checksummed, and short where room is scarce. */
export function addressView(address: string) {
  const full = Address.checksum(address)
  return { full, short: shortAddress(full), lower: address }
}

export type AddressView = ReturnType<typeof addressView>

/** The same for columns that may be empty. */
export function optionalAddressView(address: unknown) {
  return typeof address === 'string' ? addressView(address) : null
}

const CELLS = 5

/**
 * A small mirrored pattern drawn from an address, so that the eye tells tokens apart that share
 * a name. Vanity endings such as 4444 play no part. An SVG path in a 5 × 5 box, and the hue to fill it with.
 */
export function identicon(address: string) {
  const bytes = Buffer.from(address.slice(2), 'hex')
  const cells: string[] = []

  for (let y = 0; y < CELLS; y++) {
    for (let x = 0; x < CELLS; x++) {
      const mirrored = Math.min(x, CELLS - 1 - x)
      if (bytes[y * 3 + mirrored]! % 2 === 0) cells.push(`M${x} ${y}h1v1h-1z`)
    }
  }
  return { path: cells.join(''), hue: Math.round((bytes[15]! / 256) * 360) }
}
