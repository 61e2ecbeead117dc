import type { FactRow } from '#facts/define_fact'
import { TRON_RESOURCES } from '#facts/on_tron'
import type { accountState } from '#feed/tron/account_state'
import type { Viewer } from '#http/viewer'
import { tronCheckView } from '#views/tron_check_view'
import { explorerLink, MOST_ROWS, tronAddressView, tronRecordsView } from '#views/tron_record_view'
import { trxView } from '#views/trx_view'

type AccountState = Awaited<ReturnType<typeof accountState>>

/** An account of TRON as its page shows it. */
export function tronView(
  state: AccountState,
  records: readonly FactRow[],
  network: string,
  viewer: Viewer
) {
  const { locale, localTime, now } = viewer
  const { proof, check } = state
  const open = state.unfreezings.map((row) => unfreezingRow(row, viewer))
  const ready = state.unfreezings.filter(({ can_withdraw: isReady }) => isReady)
  const total = Object.values(proof).reduce((all, count) => all + count, 0)

  return {
    address: tronAddressView(state.address),
    network,
    explorer: explorerLink(network, 'address', state.address),
    isWatched: state.is_watched,
    isEmpty: records.length === 0 && open.length === 0,
    staked: TRON_RESOURCES.flatMap((resource) => {
      const amount = state.staked[resource]
      return amount === undefined ? [] : [{ resource, amount: trxView(amount, locale) }]
    }),
    delegated: trxView(sum(state.delegations), locale),
    withdrawable: trxView(sum(ready), locale),
    waiting: trxView(sum(state.unfreezings.filter((row) => !ready.includes(row))), locale),
    delegations: state.delegations.slice(0, MOST_ROWS).map((one) => ({
      receiver: tronAddressView(one.receiver_address),
      resource: one.resource_type,
      amount: trxView(one.amount, locale),
      lockedUntil:
        one.locked_until !== null && one.locked_until > now ? localTime(one.locked_until) : null,
    })),
    unfreezings: open,
    records: tronRecordsView(records, network, viewer),
    proof: { ...proof, total, isProven: total > 0 && proof.proven === total },
    check: check && tronCheckView(check, viewer),
  }
}

function unfreezingRow(row: FactRow, { locale, localTime }: Viewer) {
  return {
    amount: trxView(String(row.amount), locale),
    resource: row.resource_type,
    time: localTime(Number(row.available_time)),
    isReady: row.can_withdraw === true,
    days: row.days_until_withdrawable,
  }
}

function sum(rows: readonly { amount?: unknown }[]): string {
  return String(rows.reduce((all, { amount }) => all + BigInt(String(amount)), 0n))
}
