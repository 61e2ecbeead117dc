import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertAccepted } from '#foundation/db/insert_accepted'
import type { WrittenTable } from '#foundation/db/insert_rows'
import type { FactKind } from '#facts/define_fact'
import type { RecordStatus } from '#facts/on_tron'
import { tronDelegation } from '#facts/tron_delegation'
import { tronStake } from '#facts/tron_stake'
import { fillAmounts, isMissingCancel, knownCancels } from '#collectors/tron/fill_amounts'
import { confirmOrTakeBack } from '#collectors/tron/provisional'
import type { TronBlock, TronRecord } from '#sources/tron/records'

interface Storing {
  chainId: number
  status: RecordStatus
  /** Epoch milliseconds. */
  now: number
}

/** The columns that are written of a kind of record, and those that no reader sees. */
function written({ table, fields }: FactKind, own: WrittenTable['columns'] = {}): WrittenTable {
  const shown = Object.entries(fields).filter(([name]) => name !== 'id')
  const columns = shown.map(([name, { stored }]) => [name, stored] as const)
  return { name: table, columns: { ...Object.fromEntries(columns), ...own, created_at: 'bigint' } }
}

const stakeRecords = written(tronStake, { network_time: 'bigint' })
const delegateRecords = written(tronDelegation)

/**
 * Writes the records of blocks; one that is there already stays. Where confirmed blocks arrive, their
 * provisional records are confirmed, and those that are not in them are taken back.
 *
 * @returns how many were new, and those that the database refuses for what they hold
 */
export async function storeRecords(
  trx: TransactionClientContract,
  blocks: readonly TronBlock[],
  { chainId, status, now }: Storing
) {
  if (status === 'confirmed') {
    await confirmOrTakeBack(trx, chainId, blocks, now)
  }
  const stakes: Row[] = []
  const delegations: Row[] = []
  const known = await knownCancels(trx, chainId, blocks)
  for (const block of blocks) {
    const common = { chain_id: chainId, status, created_at: now, ...placeOf(block) }
    for (const record of block.records.filter(
      (one) => !isMissingCancel(one) || !known.has(one.txId)
    )) {
      const row = { ...common, ...rowOf(record) }
      if (record.receiver === null) {
        stakes.push({ ...row, ...stakeOf(record), network_time: block.parentTimestampMs })
      } else {
        delegations.push({ ...row, ...delegationOf(record, record.receiver) })
      }
    }
  }
  const stake = await insertAccepted(trx, stakeRecords, stakes)
  const delegate = await insertAccepted(trx, delegateRecords, delegations)
  await fillAmounts(trx, chainId, blocks, now)
  return {
    stored: { stake: stake.inserted, delegate: delegate.inserted },
    refused: [...stake.refused, ...delegate.refused],
  }
}

/** What says where a record stands, and all else that is stored of it. */
type Row = ReturnType<typeof placeOf> & ReturnType<typeof rowOf> & Record<string, unknown>

function placeOf({ number, id, timestampMs, proof }: TronBlock) {
  return { block_number: number, block_hash: id, event_time: timestampMs, proof_state: proof }
}

function rowOf(record: TronRecord) {
  return {
    operation_type: record.kind,
    owner_address: record.owner,
    resource_type: record.resource,
    amount: record.amountSun === null ? null : record.amountSun.toString(),
    permission_id: record.permissionId,
    signers: record.signers.join(','),
    tx_hash: record.txId,
    tx_index: record.txIndex,
    contract_index: record.contractIndex,
  }
}

function stakeOf({ availableAt, causedBy, infoState }: TronRecord) {
  return { available_time: availableAt, caused_by: causedBy, info_state: infoState }
}

function delegationOf({ lockBlocks, lockedUntil }: TronRecord, receiver: string) {
  return { receiver_address: receiver, lock_blocks: lockBlocks, locked_until: lockedUntil }
}
