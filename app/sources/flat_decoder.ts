import type { AbiParameter } from 'viem'

/** Bytes of one ABI word. */
const WORD = 32

const utf8 = new TextDecoder()

/** Words of a log: the digits as they came, in whose case `bytes` values stay, and their bytes. */
interface Words {
  /** Without `0x`. */
  digits: string
  bytes: Buffer
  view: DataView
  /** Bytes of the log: there is room for more. */
  length: number
}

/** Reads the value whose word begins at this byte. */
type Read = (words: Words, at: number) => unknown

/**
 * Decodes logs whose parameters are all single values (no arrays, no tuples). Nearly every event of
 * a launchpad is like that, and this is six times as fast as a general decoder; docs/adr/0014 has
 * the figures. Values equal those of viem, except that addresses stay in lower case.
 *
 * @returns null when a parameter is of another kind
 */
export function flatDecoder(
  inputs: readonly AbiParameter[]
): ((topics: readonly string[], data: string) => Record<string, unknown>) | null {
  const named = inputs.map((input, index) => ({ ...input, name: input.name || String(index) }))
  const indexed = fieldsOf(named.filter(isIndexed), readerOfTopic)
  const plain = fieldsOf(
    named.filter((input) => !isIndexed(input)),
    readerOf
  )
  if (!indexed || !plain) {
    return null
  }

  return (topics, data) => {
    const args: Record<string, unknown> = {}
    indexed.forEach(({ name, read }, index) => {
      args[name] = read(wordsIn(topics[index + 1] ?? '0x'), 0)
    })
    const words = wordsIn(data)
    plain.forEach(({ name, read }, index) => {
      args[name] = read(words, index * WORD)
    })
    return args
  }
}

function fieldsOf(
  inputs: readonly { name: string; type: string }[],
  reader: (type: string) => Read | null
) {
  const fields = inputs.map(({ name, type }) => ({ name, read: reader(type) }))
  return fields.every(hasReader) ? fields : null
}

function hasReader<T extends { read: Read | null }>(field: T): field is T & { read: Read } {
  return field.read !== null
}

function isIndexed(input: AbiParameter): boolean {
  return 'indexed' in input && input.indexed === true
}

/** Nearly every log fits into it: nothing has to be made for its bytes. What is read keeps none of them. */
const shared = roomFor(4096)

function roomFor(length: number) {
  const bytes = Buffer.alloc(length)
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, length) }
}

function wordsIn(hex: string): Words {
  const digits = hex.slice(2)
  const length = digits.length / 2
  const { bytes, view } = length > shared.bytes.length ? roomFor(length) : shared
  if (bytes.write(digits, 'hex') !== length) {
    throw new Error('the data is no hexadecimal text')
  }
  return { digits, bytes, view, length }
}

/** Text is not in its topic, only its hash. */
function readerOfTopic(type: string): Read | null {
  return type === 'string' || type === 'bytes' ? readBytes(WORD) : readerOf(type)
}

function readerOf(type: string): Read | null {
  if (type === 'address') {
    return (words, at) => `0x${digitsOf(words, at + 12, at + WORD).toLowerCase()}`
  }
  if (type === 'bool') {
    return readBoolean
  }
  if (type === 'string') {
    return (words, at) => utf8.decode(words.bytes.subarray(...tail(words, at)))
  }
  if (type === 'bytes') {
    return (words, at) => `0x${digitsOf(words, ...tail(words, at))}`
  }

  const [, kind, size] = /^(uint|int|bytes)(\d+)$/.exec(type) ?? []
  return kind ? readerOfSized(kind, Number(size)) : null
}

function readBoolean(words: Words, at: number): boolean {
  const value = unsigned(words, at)
  if (value > 1n) {
    throw new Error(`0x${digitsOf(words, at, at + WORD)} is neither true nor false`)
  }
  return value === 1n
}

function readBytes(size: number): Read {
  return (words, at) => `0x${digitsOf(words, at, at + WORD).slice(0, size * 2)}`
}

function readerOfSized(kind: string, size: number): Read {
  if (kind === 'bytes') {
    return readBytes(size)
  }
  const value =
    kind === 'uint'
      ? unsigned
      : (words: Words, at: number) => BigInt.asIntN(256, unsigned(words, at))

  // As in viem: a type that always fits a JavaScript number becomes one.
  return size <= 48 ? (words, at) => Number(value(words, at)) : value
}

/** Amounts rarely fill more than half of their word: a part that is zero makes no number of its own. */
function unsigned(words: Words, at: number): bigint {
  requireWord(words, at)
  const { view } = words
  const low = view.getBigUint64(at + 24)
  if (isZero(view, at) && isZero(view, at + 8)) {
    return isZero(view, at + 16) ? low : (view.getBigUint64(at + 16) << 64n) | low
  }
  const high = (view.getBigUint64(at) << 64n) | view.getBigUint64(at + 8)
  return (high << 128n) | (view.getBigUint64(at + 16) << 64n) | low
}

/** Whether eight bytes are all zero. */
function isZero(view: DataView, at: number): boolean {
  return view.getUint32(at) === 0 && view.getUint32(at + 4) === 0
}

/** Where the bytes that a dynamic value's head points to begin and end. */
function tail(words: Words, head: number): [from: number, to: number] {
  const start = countIn(words, head)
  const length = countIn(words, start)
  const from = start + WORD
  if (from + length > words.length) {
    throw cutOff(words)
  }
  return [from, from + length]
}

/** An offset or a length, in bytes. */
function countIn(words: Words, at: number): number {
  const count = Number(unsigned(words, at))
  if (!Number.isSafeInteger(count * 2)) {
    throw new Error('the data points outside of itself')
  }
  return count
}

function digitsOf(words: Words, from: number, to: number): string {
  if (to > words.length) {
    throw cutOff(words)
  }
  return words.digits.slice(from * 2, to * 2)
}

function requireWord(words: Words, at: number) {
  if (at + WORD > words.length) {
    throw cutOff(words)
  }
}

function cutOff({ length }: Words) {
  return new Error(`the data ends at byte ${length}, in the middle of a value`)
}
