import { randomBytes } from 'node:crypto'

/** Crockford's base32: digits and capitals without I, L, O and U. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A name that no two things share and that sorts by the time of its making: 48 bits of milliseconds
 * and 80 of chance in 26 characters. https://github.com/ulid/spec
 *
 * @param now epoch milliseconds
 */
export function ulid(now: number): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(now, 0, 6)
  randomBytes(10).copy(bytes, 6)
  let rest = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  for (let digit = 0; digit < 26; digit++) {
    text = DIGITS[Number(rest & 31n)] + text
    rest >>= 5n
  }
  return text
}
