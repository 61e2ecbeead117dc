import { shortAddress } from '#foundation/text/short_address'
import type { FactRow } from '#facts/define_fact'
import { TRON_RESOURCES } from '#facts/on_tron'
import type { accountState } from '#feed/tron/account_state'
import type { Viewer } from '#http/viewer'
import { timeView } from '#views/time_view'
import { tronCheckView } from '#views/tron_check_view'
import { trxView } from '#views/trx_view'

/** Rows of each table, at most. */
const MOST_ROWS = 50

const EXPLORERS: Record<string, string> = {
  mainnet: 'https://tronscan.org/#',
  nile: 'https://nile.tronscan.org/#',
  shasta: 'https://shasta.tronscan.org/#',
}

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
    address: { full: state.address, short: shortAddress(state.address) },
    network,
    explorer: linkTo(network, 'address', state.address),
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
      receiver: addressLink(network, one.receiver_address),
      resource: one.resource_type,
      amount: trxView(one.amount, locale),
      lockedUntil:
        one.locked_until !== null && one.locked_until > now ? localTime(one.locked_until) : null,
    })),
    unfreezings: open,
    records: newestFirst(records)
      .slice(0, MOST_ROWS)
      .map((record) => recordRow(record, network, viewer)),
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

function recordRow(record: FactRow, network: string, { locale, now }: Viewer) {
  const { receiver_address: receiver, amount, info_state: info } = record
  return {
    operation: record.operation_type,
    time: timeView(record.event_time, locale, now),
    amount: amount === null ? null : trxView(String(amount), locale),
    resource: record.resource_type,
    receiver: typeof receiver === 'string' ? addressLink(network, receiver) : null,
    tx: linkTo(network, 'transaction', String(record.tx_hash)),
    /** An amount that no block proves is as sure as those who tell it. */
    proof: info === undefined || info === 'not_needed' ? record.proof_state : info,
  }
}

function newestFirst(records: readonly FactRow[]): FactRow[] {
  return records.toSorted((one, other) => Number(other.event_time) - Number(one.event_time))
}

function sum(rows: readonly { amount?: unknown }[]): string {
  return String(rows.reduce((all, { amount }) => all + BigInt(String(amount)), 0n))
}

function addressLink(network: string, address: string) {
  return {
    full: address,
    short: shortAddress(address),
    explorer: linkTo(network, 'address', address),
  }
}

function linkTo(network: string, subject: 'address' | 'transaction', id: string): string | null {
  const explorer = EXPLORERS[network]
  return explorer ? `${explorer}/${subject}/${id}` : null
}
