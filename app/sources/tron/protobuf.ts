import { TronDecodeError } from '#sources/tron/decode_error'

/** Nearly all fit into 28 bits: those are plain numbers, which are read much faster. */
type Varint = number | bigint

/** The fields of one protobuf message, by number, each in the order of the bytes. */
export class Message {
  readonly #fields = new Map<number, (Varint | Buffer)[]>()

  /**
   * Reads the wire format: varints, fixed numbers and length-delimited fields.
   *
   * @see https://protobuf.dev/programming-guides/encoding/
   * @throws TronDecodeError for a cut or malformed message, groups included: TRON has none
   */
  constructor(bytes: Buffer) {
    const input = new WireReader(bytes)
    while (!input.isAtEnd) {
      const tag = Number(input.varint())
      const number = Math.floor(tag / 8)
      if (number === 0) {
        throw new TronDecodeError('a field has the number 0')
      }
      const value = input.value(tag % 8)
      const earlier = this.#fields.get(number)
      if (earlier) earlier.push(value)
      else this.#fields.set(number, [value])
    }
  }

  /** A signed 64-bit number, the last one where there are several; 0 where there is none. */
  number(field: number): bigint {
    const value = this.#fields.get(field)?.at(-1) ?? 0
    if (typeof value === 'object') {
      throw new TronDecodeError(`field ${field} is no number`)
    }
    return BigInt.asIntN(64, BigInt(value))
  }

  /** A number that can be counted with; 0 where there is none. */
  integer(field: number): number {
    const value = Number(this.number(field))
    if (!Number.isSafeInteger(value)) {
      throw new TronDecodeError(`field ${field} is too large`)
    }
    return value
  }

  /** A length-delimited field, the last one where there are several; empty where there is none. */
  bytes(field: number): Buffer {
    return this.all(field).at(-1) ?? EMPTY
  }

  /** All length-delimited fields of this number. */
  all(field: number): Buffer[] {
    return (this.#fields.get(field) ?? []).map((value) => {
      if (typeof value !== 'object') {
        throw new TronDecodeError(`field ${field} holds no bytes`)
      }
      return value
    })
  }
}

/**
 * The first length-delimited field of this number, read without those after it; null for none.
 *
 * @throws TronDecodeError for bytes before it that are malformed
 */
export function firstField(bytes: Buffer, field: number): Buffer | null {
  const input = new WireReader(bytes)
  while (!input.isAtEnd) {
    const tag = Number(input.varint())
    if (tag === field * 8 + 2) return input.value(2) as Buffer
    input.skip(tag % 8)
  }
  return null
}

const EMPTY = Buffer.alloc(0)

/** A varint of 64 bits takes ten bytes at most. */
const LONGEST_VARINT = 10

class WireReader {
  #at = 0

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.#at === this.bytes.length
  }

  varint(): Varint {
    const start = this.#at
    let low = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte()
      low |= (byte & 0x7f) << shift
      if (byte < 0x80) return low
    }
    let value = BigInt(low)
    for (let shift = 28n; this.#at - start < LONGEST_VARINT; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw new TronDecodeError('a number takes more than ten bytes')
  }

  value(wireType: number): Varint | Buffer {
    if (wireType === 0) return this.varint()
    if (wireType === 1) return this.#take(8).readBigUInt64LE()
    if (wireType === 5) return this.#take(4).readUInt32LE()
    if (wireType === 2) return this.#take(Number(this.varint()))
    throw new TronDecodeError(`wire type ${wireType} is none that TRON uses`)
  }

  skip(wireType: number) {
    if (wireType === 0) this.varint()
    else if (wireType === 2) this.#pass(Number(this.varint()))
    else this.value(wireType)
  }

  #byte(): number {
    const byte = this.bytes[this.#at++]
    if (byte === undefined) {
      throw new TronDecodeError('a number is cut off')
    }
    return byte
  }

  #take(length: number): Buffer {
    const start = this.#at
    this.#pass(length)
    return this.bytes.subarray(start, this.#at)
  }

  #pass(length: number) {
    if (this.#at + length > this.bytes.length) {
      throw new TronDecodeError(`a field of ${length} bytes is cut off`)
    }
    this.#at += length
  }
}
