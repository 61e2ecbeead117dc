import { readFileSync } from 'node:fs'
import { readBlockExtention, readTransaction } from '#sources/tron/block'
import { readHeader, type TronHeader } from '#sources/tron/header'
import { Message } from '#sources/tron/protobuf'
import { writeMessage, type Field } from '#sources/tron/protobuf_writer'
import { TronTransaction } from '#sources/tron/transaction'

const file = (name: string) => readFileSync(new URL(`../fixtures/tron/${name}`, import.meta.url))
const json = (name: string) => JSON.parse(file(name).toString())

const HASH_BYTES = 32

/** Some transactions of a block of mainnet as gRPC answers it. */
export function realBlockBytes(): Buffer {
  const { header } = json('block-79072107.json')
  const wrapped = realTransactions().map((bytes): Field => [1, writeMessage([[1, bytes]])])
  return writeMessage([...wrapped, [2, Buffer.from(header, 'hex')]])
}

const realTransactions = () =>
  Object.values<string>(json('block-79072107.json').transactions).map((hex) =>
    Buffer.from(hex, 'hex')
  )

/** The same block with a place for each of its transactions; of most only the hash is known. */
export function realBlock(): { header: TronHeader; transactions: TronTransaction[] } {
  const { leaves, transactions } = json('block-79072107.json')
  const hashes = Buffer.from(leaves, 'base64')
  const read = realTransactions().map(readTransaction)
  const known = new Map(Object.keys(transactions).map((index, at) => [Number(index), read[at]!]))
  const all = Array.from({ length: hashes.length / HASH_BYTES }, (_, index) => {
    const leaf = hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
    return known.get(index) ?? new TronTransaction(Buffer.alloc(0), [], leaf)
  })
  return { header: readBlockExtention(realBlockBytes()).header, transactions: all }
}

/** The rows that tronweb decodes of the stake in it. */
export const realStakeRows = (): string[] => json('block-79072107.json').stake

/** A block with a cancel as HTTP answers it, and the TransactionInfos of it. */
export const cancelBlock = (): { block: any; infos: any[] } => json('cancel.json')

/** 21 headers of mainnet, each the parent of the next. */
export function realHeaders(): TronHeader[] {
  return json('headers.json').headers.map((hex: string) => {
    const header = new Message(Buffer.from(hex, 'hex'))
    return readHeader(header.bytes(1), header.bytes(2))
  })
}
