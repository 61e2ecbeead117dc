import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { INFO_STATES, type InfoState } from '#facts/tron_stake'
import type { TronBlock, TronRecord } from '#sources/tron/records'

/**
 * Fills in what was not known when records were stored first: an amount that was `missing`, or what
 * stands behind it. What is known better stays. A cancel whose amounts were missing is one record
 * without a resource; it is taken back when the records of its resources come.
 */
export async function fillAmounts(
  trx: TransactionClientContract,
  chainId: number,
  blocks: readonly TronBlock[],
  now: number
) {
  const records = blocks.flatMap((block) => block.records)
  for (const record of records.filter(isKnownBetter)) {
    const { txId, contractIndex, kind, resource, amountSun, infoState } = record
    const stored = () =>
      trx
        .from('stake_records')
        .where({ chain_id: chainId, tx_hash: txId, contract_index: contractIndex })
        .where('operation_type', kind)
        .whereNull('removed_at')

    const same =
      resource === null
        ? stored().whereNull('resource_type')
        : stored().where({ resource_type: resource })
    await same
      .whereIn('info_state', worseThan(infoState))
      .update({ amount: String(amountSun), info_state: infoState })
    if (kind === 'cancel' && resource !== null) {
      await stored()
        .whereNull('resource_type')
        .where('info_state', 'missing')
        .update({ removed_at: now, planned_at: null })
    }
  }
}

/** A cancel whose amounts no endpoint has: one record for all resources. */
export function isMissingCancel({ kind, infoState }: TronRecord): boolean {
  return kind === 'cancel' && infoState === 'missing'
}

/** Those of the cancels without amounts that were stored with them before. */
export async function knownCancels(
  trx: TransactionClientContract,
  chainId: number,
  blocks: readonly TronBlock[]
): Promise<Set<string>> {
  const missing = blocks.flatMap(({ records }) => records.filter(isMissingCancel))
  if (missing.length === 0) {
    return new Set()
  }
  const known = await trx
    .from('stake_records')
    .where({ chain_id: chainId, operation_type: 'cancel' })
    .whereIn(
      'tx_hash',
      missing.map(({ txId }) => txId)
    )
    .whereNotNull('resource_type')
    .whereNull('removed_at')
    .select('tx_hash')
  return new Set(known.map(({ tx_hash: hash }) => hash))
}

function isKnownBetter({ infoState }: TronRecord): boolean {
  return infoState === 'agreed' || infoState === 'single'
}

function worseThan(state: InfoState): InfoState[] {
  return INFO_STATES.slice(INFO_STATES.indexOf(state) + 1)
}
