import { choice, text, time, tronHash, wide, whole } from '#facts/columns'

/** What stake is frozen for. `TRON_POWER` is stake that only votes. */
export const TRON_RESOURCES = ['BANDWIDTH', 'ENERGY', 'TRON_POWER'] as const

export type TronResource = (typeof TRON_RESOURCES)[number]

/**
 * What stands behind a block and the transactions that are listed for it.
 *
 * - `proven` header, witness signature and transaction root were recomputed from bytes
 * - `agreed` two endpoints tell the same header and transactions, which no root could be computed of
 * - `single` one endpoint tells them
 */
export const PROOF_STATES = ['proven', 'agreed', 'single'] as const

export type ProofState = (typeof PROOF_STATES)[number]

/** `provisional` until 19 distinct witnesses have built on its block; no reorg takes back the others. */
export const RECORD_STATUSES = ['provisional', 'confirmed'] as const

export type RecordStatus = (typeof RECORD_STATUSES)[number]

/** Who signed a record and where it stands on its network: the last columns of each kind. */
export const tronColumns = {
  status: choice(RECORD_STATUSES),
  proof_state: choice(PROOF_STATES),
  permission_id: whole(),
  signers: text(),
  tx_hash: tronHash(),
  contract_index: whole(),
  chain_id: wide(),
  block_number: wide(),
  block_hash: tronHash(),
  tx_index: whole(),
  event_time: time(),
}

/** The columns that every fact about stake on TRON has. */
export const onTron = {
  timeColumn: 'event_time',
  isOnChain: true,
  source: 'tron',
} as const
