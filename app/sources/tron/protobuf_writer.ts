/** A field of a message to write: bytes, text, or a number. */
export type Field = [number: number, value: Uint8Array | string | number | bigint]

/**
 * Writes a message as nodes do: fields in the order of the list, and none for a value that is 0 or
 * empty text. Empty bytes are written: inside a message they are one without fields.
 */
export function writeMessage(fields: Field[]): Buffer {
  const parts: Uint8Array[] = []
  for (const [number, value] of fields) {
    if (typeof value === 'number' || typeof value === 'bigint') {
      if (Number(value) !== 0) parts.push(encodeVarint(number << 3), encodeVarint(value))
    } else if (value !== '') {
      const bytes = typeof value === 'string' ? Buffer.from(value) : value
      parts.push(encodeVarint((number << 3) | 2), encodeVarint(bytes.length), bytes)
    }
  }
  return Buffer.concat(parts)
}

/** Tags and lengths, nearly all of which take one or two bytes, come again and again. */
const SMALL = Array.from({ length: 2048 }, (_, value) => encode(value))

/** A number as it stands on the wire. */
export function encodeVarint(value: number | bigint): Buffer {
  return SMALL[Number(value)] ?? encode(value)
}

/** Seven bits for each byte, the lowest first; negative numbers as their 64-bit complement. */
function encode(value: number | bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
