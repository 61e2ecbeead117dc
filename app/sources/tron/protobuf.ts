import { TronDecodeError } from '#sources/tron/decode_error'

/** Nearly all fit into 28 bits: those are plain numbers, which are read much faster. */
type Varint = number | bigint

/** The fields of one protobuf message. */
export class Message {
  /** A number and its value in turn, in the order of the bytes: few are found sooner so than in a map. */
  readonly #fields: (Varint | Buffer)[] = []

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
      this.#fields.push(number, input.value(tag % 8))
    }
  }

  /** A signed 64-bit number, the last one where there are several; 0 where there is none. */
  number(field: number): bigint {
    return BigInt.asIntN(64, BigInt(this.#lastNumber(field)))
  }

  /** A number that can be counted with; 0 where there is none. */
  integer(field: number): number {
    const value = this.#lastNumber(field)
    return typeof value === 'number' ? value : countable(field, value)
  }

  /** A length-delimited field, the last one where there are several; empty where there is none. */
  bytes(field: number): Buffer {
    const value = this.#last(field) ?? EMPTY
    if (typeof value !== 'object') {
      throw new TronDecodeError(`field ${field} holds no bytes`)
    }
    return value
  }

  /** All length-delimited fields of this number. */
  all(field: number): Buffer[] {
    const found: Buffer[] = []
    for (let at = 0; at < this.#fields.length; at += 2) {
      if (this.#fields[at] !== field) continue
      const value = this.#fields[at + 1]!
      if (typeof value !== 'object') {
        throw new TronDecodeError(`field ${field} holds no bytes`)
      }
      found.push(value)
    }
    return found
  }

  #lastNumber(field: number): Varint {
    const value = this.#last(field) ?? 0
    if (typeof value === 'object') {
      throw new TronDecodeError(`field ${field} is no number`)
    }
    return value
  }

  #last(field: number): Varint | Buffer | undefined {
    for (let at = this.#fields.length - 2; at >= 0; at -= 2) {
      if (this.#fields[at] === field) return this.#fields[at + 1]
    }
    return undefined
  }
}

function countable(field: number, value: bigint): number {
  const number = Number(BigInt.asIntN(64, value))
  if (!Number.isSafeInteger(number)) {
    throw new TronDecodeError(`field ${field} is too large`)
  }
  return number
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

/**
 * The last number in a field of a message, read without what other fields hold; 0 where there is none.
 *
 * @throws TronDecodeError for a message that is malformed, or a number that cannot be counted with
 */
export function lastInteger(bytes: Buffer, field: number): number {
  const input = new WireReader(bytes)
  let last: Varint = 0
  while (!input.isAtEnd) {
    const tag = Number(input.varint())
    if (tag === field * 8) last = input.varint()
    else input.skip(tag % 8)
  }
  return typeof last === 'number' ? last : countable(field, last)
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
