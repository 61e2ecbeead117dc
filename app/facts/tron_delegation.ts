import { choice, id, nullable, sun, time, tronAddress, wide } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { onTron, TRON_RESOURCES, tronColumns } from '#facts/on_tron'

export const DELEGATE_OPERATIONS = ['delegate', 'undelegate'] as const

export type DelegateOperation = (typeof DELEGATE_OPERATIONS)[number]

/** Stake of one account works for another, or does so no more. Amounts are stake, never energy. */
export const tronDelegation = defineFact({
  type: 'tron_delegation',
  table: 'delegate_records',
  columns: {
    id: id(),
    operation_type: choice(DELEGATE_OPERATIONS),
    owner_address: tronAddress(),
    receiver_address: tronAddress(),
    resource_type: choice(TRON_RESOURCES),
    amount: sun(),
    lock_blocks: nullable(wide()),
    locked_until: nullable(time()),
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
  events: { column: 'operation_type', type: (operation) => `tron.${operation}d` },
  watchColumns: ['owner_address', 'receiver_address'],
  list: {
    path: 'delegate/records',
    summary: 'Delegations on TRON that match, newest first',
    title: 'DelegateRecord',
    filters: ['owner_address', 'receiver_address', 'operation_type', 'resource_type', 'tx_hash'],
    pagedBy: ['owner_address', 'receiver_address'],
    indexes: [
      { column: 'owner_address', index: 'delegate_records_owner', isShort: true },
      { column: 'receiver_address', index: 'delegate_records_receiver', isShort: true },
      { column: 'tx_hash', index: 'delegate_records_key', isShort: true },
    ],
  },
  stream: { letter: 'd' },
  kept: 'for_ever',
})
