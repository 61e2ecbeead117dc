import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { TronWeb, utils } from 'tronweb'
import { readTransaction } from '#sources/tron/block'
import { readHeader, type TronHeader } from '#sources/tron/header'
import type { JsonObject } from '#sources/tron/json'
import { Message } from '#sources/tron/protobuf'
import type { TronTransaction } from '#sources/tron/transaction'

const file = (name: string) => readFileSync(new URL(`../fixtures/tron/${name}`, import.meta.url))
const json = (name: string) => JSON.parse(file(name).toString())

/** A whole block of mainnet, with 619 transactions, as gRPC answers it. */
export function realBlockBytes(): Buffer {
  return gunzipSync(file('block-79072107.bin.gz'))
}

/** Its header and its transactions. */
export function realBlock(): { header: TronHeader; transactions: TronTransaction[] } {
  const block = new Message(realBlockBytes())
  const header = new Message(block.bytes(2))
  return {
    header: readHeader(header.bytes(1), header.bytes(2)),
    transactions: transactionBytes().map(readTransaction),
  }
}

function transactionBytes(): Buffer[] {
  return new Message(realBlockBytes()).all(1).map((wrapped) => new Message(wrapped).bytes(1))
}

const KINDS: Record<string, string> = {
  FreezeBalanceV2Contract: 'freeze',
  DelegateResourceContract: 'delegate',
  UnDelegateResourceContract: 'undelegate',
}

/** A stake transaction of it, as tronweb decodes it. */
export interface DecodedStake {
  txId: string
  kind: string
  owner: string
  receiver: string | null
  resource: string
  amount: string
  lockBlocks: number | null
  permissionId: number
}

/** Its stake as tronweb reads it: an oracle that shares nothing with ours. */
export function realStake(): DecodedStake[] {
  return realBlock().transactions.flatMap((transaction) => {
    const decoded = decodedByTronweb(transaction)
    if (!decoded) return []
    const { type, value, permissionId } = decoded
    return {
      txId: transaction.id,
      kind: KINDS[type]!,
      owner: base58(value.owner_address),
      receiver: value.receiver_address ? base58(value.receiver_address) : null,
      resource: value.resource,
      amount: String(value.frozen_balance ?? value.balance),
      lockBlocks: value.lock ? value.lock_period || 86_400 : null,
      permissionId,
    }
  })
}

/** Who has signed its stake, as tronweb recovers it, in the order of `realStake`. */
export function realSigners(): string[][] {
  const stake = realBlock().transactions.filter(({ type }) => TYPES[type ?? 0])
  return stake.map(({ id, signatures }) =>
    signatures.map((signature) => base58(utils.crypto.ecRecover(id, withLowS(signature))))
  )
}

/** The order of the curve. The network takes both of the two signatures that mean the same. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** tronweb recovers from the one with the lower `s` alone, and from 65 bytes; some have 68. */
function withLowS(signature: Buffer): string {
  const hex = signature.toString('hex', 0, 65)
  const s = BigInt(`0x${hex.slice(64, 128)}`)
  if (s <= ORDER / 2n) return hex
  const other = (ORDER - s).toString(16).padStart(64, '0')
  return hex.slice(0, 64) + other + (signature[64]! % 2 === 0 ? '01' : '00')
}

/** The numbers of java-tron's `ContractType` for what the block holds of stake. */
const TYPES: Record<number, string> = {
  54: 'FreezeBalanceV2Contract',
  57: 'DelegateResourceContract',
  58: 'UnDelegateResourceContract',
}

function decodedByTronweb({ type, rawData }: TronTransaction) {
  const name = TYPES[type ?? 0]
  if (!name) return null
  const { contract } = utils.deserializeTx.deserializeTransaction(name, rawData.toString('hex'))
  const [{ parameter, Permission_id: permissionId = 0 }] = contract as any
  return { type: name, value: parameter.value, permissionId: Number(permissionId) }
}

const base58 = (hex: string) => TronWeb.address.fromHex(hex.toLowerCase())

/** The same block as HTTP answers it, where nodes drop what they do not know: one field of one result. */
export function realBlockJson(): JsonObject {
  const { header, transactions } = realBlock()
  const raw = new Message(header.bytes)
  const hex = (bytes: Buffer) => bytes.toString('hex')
  const results = transactionBytes().map((bytes) => new Message(bytes).all(5))
  return {
    blockID: header.id,
    block_header: {
      raw_data: {
        number: header.number,
        timestamp: header.timestampMs,
        version: raw.integer(10),
        txTrieRoot: hex(raw.bytes(2)),
        parentHash: hex(raw.bytes(3)),
        witness_address: hex(raw.bytes(9)),
      },
      witness_signature: hex(header.signature),
    },
    transactions: transactions.map((transaction, at) => ({
      txID: transaction.id,
      raw_data_hex: hex(transaction.rawData),
      signature: transaction.signatures.map(hex),
      ret: results[at]!.map((result) => resultJson(new Message(result))),
      raw_data: rawDataJson(transaction),
    })),
  }
}

/** Those of the codes that the block has. */
const CODES: Record<number, string> = { 1: 'SUCCESS', 2: 'REVERT', 10: 'OUT_OF_ENERGY' }

function resultJson(result: Message) {
  const [fee, code] = [result.integer(1), result.integer(3)]
  return { ...(fee > 0 && { fee }), ...(code > 0 && { contractRet: CODES[code] }) }
}

function rawDataJson(transaction: TronTransaction) {
  const decoded = decodedByTronweb(transaction)
  if (!decoded) return undefined
  const { type, value, permissionId } = decoded
  const lower = (address?: string) => address?.toLowerCase()
  const addresses = {
    owner_address: lower(value.owner_address),
    receiver_address: lower(value.receiver_address),
  }
  const given = { ...value, ...addresses }
  return { contract: [{ type, parameter: { value: given }, Permission_id: permissionId }] }
}

/** A block with a cancel as HTTP answers it, and the TransactionInfos of it. */
export const cancelBlock = (): { block: any; infos: any[] } => json('cancel.json')

/** 21 headers of mainnet, each the parent of the next. */
export function realHeaders(): TronHeader[] {
  return json('headers.json').headers.map((hex: string) => {
    const header = new Message(Buffer.from(hex, 'hex'))
    return readHeader(header.bytes(1), header.bytes(2))
  })
}
