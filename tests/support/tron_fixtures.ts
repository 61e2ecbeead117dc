import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { readHeader, type TronHeader } from '#sources/tron/header'
import { Message } from '#sources/tron/protobuf'

const file = (name: string) => readFileSync(new URL(`../fixtures/tron/${name}`, import.meta.url))
const json = (name: string) => JSON.parse(file(name).toString())

/** A whole block of mainnet as gRPC answers it. */
export const realBlock = (): Buffer => gunzipSync(file('block-79072107.bin.gz'))

/** A block with a cancel as HTTP answers it, and the TransactionInfos of it. */
export const cancelBlock = (): { block: any; infos: any[] } => json('cancel.json')

/** 21 headers of mainnet, each the parent of the next. */
export function realHeaders(): TronHeader[] {
  return json('headers.json').headers.map((hex: string) => {
    const header = new Message(Buffer.from(hex, 'hex'))
    return readHeader(header.bytes(1), header.bytes(2))
  })
}
