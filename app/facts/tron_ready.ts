import { choice, id, sun, time, tronAddress, tronHash, wide, whole } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { onTron, TRON_RESOURCES } from '#facts/on_tron'

/** Stake that an account had unfrozen can be withdrawn from now on. It happened at that time, not in a block. */
export const tronReady = defineFact({
  type: 'tron_ready',
  table: 'unfreeze_ready_events',
  columns: {
    id: id(),
    owner_address: tronAddress(),
    resource_type: choice(TRON_RESOURCES),
    amount: sun(),
    available_time: time(),
    unfreeze_tx_hash: tronHash(),
    contract_index: whole(),
    chain_id: wide(),
    block_number: wide(),
    block_hash: tronHash(),
    event_time: time(),
  },
  ...onTron,
  identity: ['chain_id', 'block_hash', 'unfreeze_tx_hash', 'contract_index', 'resource_type'],
  events: 'tron.unstake_ready',
  watchColumns: ['owner_address'],
  stream: { letter: 'u' },
  kept: 'for_ever',
})
