import { readFileSync } from 'node:fs'
import { readBlockExtention, type GivenBlock } from '#sources/tron/block'
import { readHeader, type TronHeader } from '#sources/tron/header'
import { Message } from '#sources/tron/protobuf'
import { writeMessage, type Field } from '#sources/tron/protobuf_writer'

const file = (name: string) => readFileSync(new URL(`../fixtures/tron/${name}`, import.meta.url))
const json = (name: string) => JSON.parse(file(name).toString())

const HASH_BYTES = 32

/** Some transactions of a block of mainnet as gRPC answers it. */
export function realBlockBytes(): Buffer {
  const { header, transactions } = json('block-79072107.json')
  const wrapped = Object.values<string>(transactions).map((hex): Field => {
    return [1, writeMessage([[1, Buffer.from(hex, 'hex')]])]
  })
  return writeMessage([...wrapped, [2, Buffer.from(header, 'hex')]])
}

/** The same block with a place for each of its transactions; of most only the hash is known. */
export function realBlock(): GivenBlock {
  const { leaves, transactions } = json('block-79072107.json')
  const hashes = Buffer.from(leaves, 'base64')
  const block = readBlockExtention(realBlockBytes())
  const known = new Map(
    Object.keys(transactions).map((index, at) => [Number(index), block.transactions[at]!])
  )
  const all = Array.from({ length: hashes.length / HASH_BYTES }, (_, index) => {
    const leaf = hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
    return known.get(index) ?? { rawData: Buffer.alloc(0), signatures: [], leaf }
  })
  return { ...block, transactions: all }
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
