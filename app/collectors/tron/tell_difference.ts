import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { AccountAlertKind } from '#facts/push_alert'
import { recordGaps } from '#collectors/store/gaps'

interface Difference {
  chainId: number
  address: string
  fromBlock: number
  toBlock: number
  /** Epoch milliseconds. */
  createdAt: number
}

/**
 * The stake of an account is not what its records say: the operator is told, and the blocks become
 * gaps, which are read and proven anew.
 */
export async function tellDifference(trx: TransactionClientContract, difference: Difference) {
  const { chainId, address, fromBlock: from, toBlock: to, createdAt: now } = difference
  const detail = `the stake of ${address} is not what its records say`
  await recordGaps(trx, chainId, [{ from, to, reason: 'unproven', detail }], now)

  const kind: AccountAlertKind = 'tron.account_differs'
  const message = `The stake of ${address} is not what its records of blocks ${from} to ${to} say. They are read again`
  await trx.table('push_alerts').insert({
    kind,
    endpoint: address,
    since: now,
    message,
    event_time: now,
    created_at: now,
  })
}
