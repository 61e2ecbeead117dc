import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import type { StakeOperation } from '#facts/tron_stake'
import { agreeAmounts } from '#collectors/tron/agree_amounts'
import { closingOf, type Closing, type StakeStep } from '#collectors/tron/unfreeze_state'
import type { TronBlock } from '#sources/tron/records'

const unfreezeRecords: WrittenTable = {
  name: 'unfreeze_records',
  columns: {
    chain_id: 'bigint',
    owner_address: 'text',
    resource_type: 'text',
    amount: 'text',
    unfreeze_tx_hash: 'text',
    contract_index: 'integer',
    block_number: 'bigint',
    block_hash: 'text',
    tx_index: 'integer',
    unfreeze_time: 'bigint',
    available_time: 'bigint',
    status: 'text',
    created_at: 'bigint',
    updated_at: 'bigint',
  },
}

/** What takes out what is ready: a withdraw that another contract carried out is part of that one. */
const STEPS: StakeOperation[] = ['unfreeze', 'withdraw', 'cancel']

/**
 * Finds out what became of unfreezings by the confirmed records of these blocks, which are stored
 * already. It is computed from all records of their owners, so blocks may come in any order.
 */
export async function settleUnfreezings(
  trx: TransactionClientContract,
  chainId: number,
  blocks: readonly TronBlock[],
  now: number
) {
  await insertRows(trx, unfreezeRecords, newUnfreezings(chainId, blocks, now))

  const changed = blocks.filter(({ records }) => records.some(isStep))
  if (changed.length === 0) {
    return
  }
  const steps = changed.flatMap(({ records }) => records.filter(isStep))
  const owners = [...new Set(steps.map(({ owner }) => owner))]
  const touched = await unsettled(trx, chainId, owners, changed[0]!.number)
  const known = touched.length > 0 ? await stepsOf(trx, chainId, owners, touched) : new Map()
  const moved = new Set(steps.map(({ txId }) => txId))
  for (const unfreeze of touched) {
    const closing = closingOf(placed(unfreeze), known.get(unfreeze.owner_address) ?? [])
    await close(trx, unfreeze, closing, now)
    if (closing) moved.add(closing.txHash)
  }
  await agreeAmounts(trx, chainId, [...moved])
}

/** After a reorg: unfreezings of blocks that are gone never were, and what those closed is open again. */
export async function reopenUnfreezings(
  trx: TransactionClientContract,
  chainId: number,
  ancestor: number
) {
  const ofChain = () => trx.from('unfreeze_records').where('chain_id', chainId)
  await ofChain().where('block_number', '>', ancestor).delete()
  await ofChain()
    .where('closed_block', '>', ancestor)
    .update({ status: 'waiting', closed_tx_hash: null, closed_block: null, closed_time: null })
}

const isStep = ({ kind }: { kind: string }) => (STEPS as string[]).includes(kind)

function newUnfreezings(chainId: number, blocks: readonly TronBlock[], now: number) {
  return blocks.flatMap(({ number, id, timestampMs, records }) =>
    records
      .filter(({ kind }) => kind === 'unfreeze')
      .map((record) => ({
        chain_id: chainId,
        owner_address: record.owner,
        resource_type: record.resource,
        amount: String(record.amountSun),
        unfreeze_tx_hash: record.txId,
        contract_index: record.contractIndex,
        block_number: number,
        block_hash: id,
        tx_index: record.txIndex,
        unfreeze_time: timestampMs,
        available_time: record.availableAt,
        status: 'waiting',
        created_at: now,
        updated_at: now,
      }))
  )
}

interface UnfreezeRow {
  id: number
  owner_address: string
  block_number: number | string
  tx_index: number
  contract_index: number
  unfreeze_time: number | string
  available_time: number | string
  status: string
  closed_tx_hash: string | null
}

/** Those of these owners that are open, or were closed by what comes after these blocks begin. */
function unsettled(
  trx: TransactionClientContract,
  chainId: number,
  owners: string[],
  from: number
): Promise<UnfreezeRow[]> {
  return trx
    .from('unfreeze_records')
    .where('chain_id', chainId)
    .whereIn('owner_address', owners)
    .where((query) => query.whereNull('closed_block').orWhere('closed_block', '>=', from))
    .orderBy('id') as unknown as Promise<UnfreezeRow[]>
}

/** The steps of each owner since the first of these unfreezings, in the order of the chain. */
async function stepsOf(
  trx: TransactionClientContract,
  chainId: number,
  owners: string[],
  unfreezings: readonly UnfreezeRow[]
): Promise<Map<string, StakeStep[]>> {
  const since = Math.min(...unfreezings.map((unfreeze) => Number(unfreeze.unfreeze_time)))
  const rows = await trx
    .from('stake_records')
    .where({ chain_id: chainId, status: 'confirmed' })
    .whereIn('owner_address', owners)
    .where('event_time', '>=', since)
    .whereIn('operation_type', STEPS)
    .whereNull('removed_at')
    .orderBy('block_number')
    .orderBy('tx_index')
    .orderBy('contract_index')
  const steps = rows
    .filter(({ caused_by: cause }) => cause === null)
    .map((row) => ({
      ...placed(row),
      owner: row.owner_address as string,
      operation: row.operation_type as StakeOperation,
      networkTime: Number(row.network_time),
      txHash: row.tx_hash as string,
      time: Number(row.event_time),
    }))
  return Map.groupBy(steps, ({ owner }) => owner)
}

function placed(
  row: Omit<UnfreezeRow, 'id' | 'owner_address' | 'status' | 'closed_tx_hash' | 'unfreeze_time'>
) {
  return {
    blockNumber: Number(row.block_number),
    txIndex: row.tx_index,
    contractIndex: row.contract_index,
    availableTime: Number(row.available_time),
  }
}

/** Moves an unfreeze to where its owner's records have taken it; without any it stays with the clock. */
async function close(
  trx: TransactionClientContract,
  { id, status, closed_tx_hash: closedBy }: UnfreezeRow,
  closing: Closing | null,
  now: number
) {
  if (
    closing === null ? closedBy === null : closing.state === status && closing.txHash === closedBy
  ) {
    return
  }
  await trx
    .from('unfreeze_records')
    .where('id', id)
    .update({
      status: closing?.state ?? 'waiting',
      closed_tx_hash: closing?.txHash ?? null,
      closed_block: closing?.blockNumber ?? null,
      closed_time: closing?.time ?? null,
      updated_at: now,
    })
}
