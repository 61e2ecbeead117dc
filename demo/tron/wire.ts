/** Writing protobuf's wire format: what TRON hashes and signs. A field of its default value is left out. */

const VARINT = 0
const LENGTH = 2

/** An integer, an enum's number or a flag (0 or 1). Not negative. */
export function varintField(field: number, value: bigint | number): Buffer {
  return value ? Buffer.concat([varint((field << 3) | VARINT), varint(value)]) : Buffer.alloc(0)
}

export function bytesField(field: number, bytes: Uint8Array): Buffer {
  return bytes.length > 0 ? messageField(field, bytes) : Buffer.alloc(0)
}

/** A message inside of another. It is written when it is empty, too: that it is there says something. */
export function messageField(field: number, ...parts: Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([varint((field << 3) | LENGTH), varint(length), ...parts])
}

function varint(value: bigint | number): Buffer {
  const bytes: number[] = []
  let rest = BigInt(value)
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
