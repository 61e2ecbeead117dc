import { TronDecodeError } from '#sources/tron/decode_error'
import { sha256 } from '#sources/tron/hashes'
import { encodeVarint } from '#sources/tron/protobuf_writer'
import type { BlockTransactions } from '#sources/tron/block'
import { TronTransaction } from '#sources/tron/transaction'

/** What HTTP answers of a transaction that its bytes are written from again. */
export interface TransactionParts {
  rawDataHex: string
  signaturesHex: string[]
  /** Each `Transaction.Result` in protobuf. */
  results: Buffer[]
}

/** The tag of a length-delimited field and its length. */
const MOST_PREFIX_BYTES = 6

/**
 * Writes the transactions of a block as the network passes them on, all into one piece of memory: a
 * block has hundreds, and pieces for each field took a third of the time.
 *
 * @throws TronDecodeError for what is no hex
 */
export function writeTransactions(all: readonly TransactionParts[]): BlockTransactions {
  const writer = new Writer(all.reduce((sum, parts) => sum + mostBytes(parts), 0))
  const transactions = all.map(({ rawDataHex, signaturesHex, results }) => {
    const start = writer.at
    const rawData = writer.hexField(1, rawDataHex)
    const signatures = signaturesHex.map((signature) => writer.hexField(2, signature))
    const signedEnd = writer.at
    for (const result of results) writer.field(5, result)
    const leaf = sha256(writer.since(start))
    // The next one is written over the results: nothing but the leaf needs them.
    writer.at = signedEnd
    return new TronTransaction(rawData, signatures, leaf)
  })
  return { transactions, signed: writer.since(0) }
}

function mostBytes({ rawDataHex, signaturesHex, results }: TransactionParts): number {
  const hex = signaturesHex.reduce((sum, { length }) => sum + length, rawDataHex.length)
  const fields = 1 + signaturesHex.length + results.length
  const ofResults = results.reduce((sum, { length }) => sum + length, 0)
  return hex / 2 + ofResults + fields * MOST_PREFIX_BYTES
}

class Writer {
  at = 0
  readonly #bytes: Buffer

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(Math.ceil(size))
  }

  since(start: number): Buffer {
    return this.#bytes.subarray(start, this.at)
  }

  hexField(number: number, hex: string): Buffer {
    const length = hex.length / 2
    this.#prefix(number, length)
    const start = this.at
    // Writing ends where the hex does.
    if (this.#bytes.write(hex, start, 'hex') !== length) {
      throw new TronDecodeError('bytes are no hex')
    }
    this.at += length
    return this.since(start)
  }

  field(number: number, bytes: Buffer) {
    this.#prefix(number, bytes.length)
    this.at += bytes.copy(this.#bytes, this.at)
  }

  #prefix(number: number, length: number) {
    this.#bytes[this.at++] = (number << 3) | 2
    this.at += encodeVarint(length).copy(this.#bytes, this.at)
  }
}
