import db from '@adonisjs/lucid/services/db'
import { storeTronReading, type StoringOptions } from '#collectors/tron/store_reading'
import type { RecordStatus } from '#facts/on_tron'
import { writeTransaction } from '#foundation/db/transaction'
import { tronAddress } from '#foundation/text/tron_address'
import type { TronBlock, TronRecord } from '#sources/tron/records'

/** Mainnet. */
export const TRON = 728_126_428

export const DAY_MS = 86_400_000

/** The time of block 0 of the tests, in epoch milliseconds; blocks come every 3 s. */
const FIRST_TIME = 1_790_000_000_000

export const timeOf = (block: number) => FIRST_TIME + block * 3_000

let serial = 0

/** An address of TRON that no other call answers. */
export function someTronAddress(): string {
  return tronAddress(`41${(++serial).toString(16).padStart(40, '0')}`)
}

/** The id of a transaction that no other call answers. */
export function someTxId(): string {
  return (++serial).toString(16).padStart(64, 'f')
}

const idOf = (number: number, fork = '0') => number.toString(16).padStart(16, '0').padEnd(64, fork)

/** What a transaction did, as the reader answers it. */
export function tronRecord(record: Partial<TronRecord> & Pick<TronRecord, 'kind'>): TronRecord {
  return {
    txId: someTxId(),
    txIndex: 0,
    contractIndex: 0,
    resource: 'ENERGY',
    owner: someTronAddress(),
    receiver: null,
    amountSun: 1_000_000n,
    infoState: 'not_needed',
    causedBy: null,
    lock: false,
    lockBlocks: null,
    permissionId: 0,
    signers: [],
    availableAt: null,
    lockedUntil: null,
    ...record,
  }
}

/** A block with these records. Of another `fork` the same number has another id. */
export function tronBlock(
  number: number,
  records: TronRecord[] = [],
  { fork, ...block }: Partial<TronBlock> & { fork?: string } = {}
): TronBlock {
  return {
    number,
    id: idOf(number, fork),
    parentId: idOf(number - 1, fork),
    timestampMs: timeOf(number),
    parentTimestampMs: timeOf(number - 1),
    witness: someTronAddress(),
    txCount: records.length,
    proof: 'proven',
    counts: {},
    records: records.map((record, txIndex) => ({ ...record, txIndex })),
    unreadable: [],
    ...block,
  }
}

/** Stores blocks as the scanner would; the last of them was stored when it came. */
export function storeTronBlocks(
  blocks: TronBlock[],
  {
    now,
    status,
    ...options
  }: Partial<StoringOptions> & { now?: number; status?: RecordStatus } = {}
) {
  const reading = status === 'provisional' ? { blocks: [], provisional: blocks } : { blocks }
  const storing = { chainId: TRON, watchesAll: true, ...options }
  const at = now ?? timeOf(blocks.at(-1)!.number) + 57_000
  return writeTransaction((trx) => storeTronReading(trx, reading, storing, at))
}

/** The rows of a table in the order of the chain. */
export function tronRows(table: string) {
  return db.from(table).orderBy('block_number').orderBy('id')
}
