import { every } from '#foundation/every'
import { putOff } from '#foundation/rpc/rpc_failure'
import TronAccount from '#models/tron_account'
import TronAccountCheck from '#models/tron_account_check'
import { checkAccount } from '#collectors/tron/check_account'
import type { FollowTronOptions } from '#collectors/tron/follow_tron'
import { readUpTo } from '#collectors/tron/judge_account'
import { readSolidNumber } from '#collectors/tron/node_answers'

const MINUTE_MS = 60_000

/** How often each account is checked, and one whose last check was no agreement, in milliseconds. */
const AGREED_EVERY_MS = 6 * 60 * MINUTE_MS
const OTHERS_EVERY_MS = 30 * MINUTE_MS

/** Accounts that are checked in one minute, at most: each takes three requests. */
const MOST_AT_ONCE = 20

/** Farther behind the solid head the scanner is catching up, and checks could only say so. */
const NEAR_BLOCKS = 40

/** Checks each watched account every six hours, while `isActive` says that this process reads. */
export function checkAccounts(
  options: FollowTronOptions,
  signal: AbortSignal,
  isActive: () => boolean
) {
  const { clock, logger } = options
  const work = async () => (isActive() ? checkDue(options, signal) : undefined)
  const onError = putOff('checking accounts', logger)
  return every(MINUTE_MS, work, { clock, signal, firstAfterMs: MINUTE_MS, onError })
}

/**
 * Checks the accounts whose turn it is, those first whose last check is longest ago.
 *
 * @throws RpcFailure
 */
export async function checkDue(options: FollowTronOptions, signal?: AbortSignal) {
  const { clock, logger, nodes } = options
  const { chainId } = nodes.network
  const due = await dueAccounts(chainId, clock.now())
  if (due.length === 0) {
    return
  }
  const solid = await nodes.ask(readSolidNumber)
  if (solid - (await readUpTo(chainId)) > NEAR_BLOCKS) {
    return
  }
  for (const address of due) {
    if (signal?.aborted) return
    await checkAccount(options, address, { signal }).catch(putOff(`a check of ${address}`, logger))
  }
}

const CHECKED_AT = `(select max(created_at) from tron_account_checks as earlier
  where earlier.chain_id = tron_accounts.chain_id and earlier.address = tron_accounts.address)`

async function dueAccounts(chainId: number, now: number): Promise<string[]> {
  const last = TronAccountCheck.query().where({ chainId }).groupBy('address').max('id')
  const lately = TronAccountCheck.query()
    .whereIn('id', last)
    .where((recent) =>
      recent
        .where('createdAt', '>', now - OTHERS_EVERY_MS)
        .orWhere((agreed) =>
          agreed.where('verdict', 'agrees').where('createdAt', '>', now - AGREED_EVERY_MS)
        )
    )
  const due = await TronAccount.query()
    .where({ chainId })
    .whereNotIn('address', lately.select('address'))
    .select('address')
    .groupBy('chain_id', 'address')
    .orderByRaw(`coalesce(${CHECKED_AT}, 0)`)
    .limit(MOST_AT_ONCE)
  return due.map(({ address }) => address)
}
