/** A field of a message to write: bytes, text, or a number. */
export type Field = [number: number, value: Uint8Array | string | number | bigint]

/**
 * Writes a message as nodes do: fields in the order of the list, and none for a value that is 0 or
 * empty text. Empty bytes are written: inside a message they are one without fields.
 */
export function writeMessage(fields: Field[]): Buffer {
  return Buffer.concat(fields.flatMap(([number, value]) => writeField(number, value)))
}

function writeField(number: number, value: Field[1]): Uint8Array[] {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return BigInt(value) === 0n ? [] : [varint(number << 3), varint(value)]
  }
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  return value === '' ? [] : [varint((number << 3) | 2), varint(bytes.length), bytes]
}

/** Seven bits for each byte, the lowest first; negative numbers as their 64-bit complement. */
function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
