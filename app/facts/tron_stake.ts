import { choice, id, nullable, sun, time, tronAddress } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { onTron, TRON_RESOURCES, tronColumns } from '#facts/on_tron'

export const STAKE_OPERATIONS = ['freeze', 'unfreeze', 'withdraw', 'cancel'] as const

export type StakeOperation = (typeof STAKE_OPERATIONS)[number]

/**
 * What stands behind that which only `TransactionInfo` tells, which is under no root: what a withdraw
 * or a cancel moved, and what an unfreeze paid out besides.
 *
 * - `not_needed` it was read from the bytes of the block
 * - `agreed`     two endpoints tell the same, or the unfreezings that are known add up to it
 * - `single`     one endpoint tells it
 * - `missing`    no endpoint has it: an amount that only it tells is null, and an unfreeze may have
 *                paid out what is not known
 */
export const INFO_STATES = ['not_needed', 'agreed', 'single', 'missing'] as const

export type InfoState = (typeof INFO_STATES)[number]

const EVENTS: Record<string, string> = {
  freeze: 'staked',
  unfreeze: 'unstaked',
  withdraw: 'withdrawn',
  cancel: 'unstake_cancelled',
}

/** An account of TRON changed its own stake. An unfreeze or a cancel may pay out besides: a `withdraw` of its own. */
export const tronStake = defineFact({
  type: 'tron_stake',
  table: 'stake_records',
  columns: {
    id: id(),
    operation_type: choice(STAKE_OPERATIONS),
    owner_address: tronAddress(),
    resource_type: nullable(choice(TRON_RESOURCES)),
    amount: nullable(sun()),
    available_time: nullable(time()),
    caused_by: nullable(choice(['unfreeze', 'cancel'])),
    info_state: choice(INFO_STATES),
    ...tronColumns,
  },
  ...onTron,
  identity: [
    'chain_id',
    'block_hash',
    'tx_hash',
    'contract_index',
    'operation_type',
    'resource_type',
  ],
  events: { column: 'operation_type', type: (operation) => `tron.${EVENTS[operation]}` },
  watchColumns: ['owner_address'],
  list: {
    path: 'stake/records',
    summary: 'Stake records of TRON that match, newest first',
    title: 'StakeRecord',
    filters: ['owner_address', 'operation_type', 'resource_type', 'tx_hash'],
    pagedBy: ['owner_address'],
    indexes: [
      { column: 'owner_address', index: 'stake_records_owner', isShort: true },
      { column: 'tx_hash', index: 'stake_records_key', isShort: true },
    ],
  },
  stream: { letter: 's' },
  kept: 'for_ever',
})
