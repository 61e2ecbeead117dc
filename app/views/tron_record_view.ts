import { shortAddress } from '#foundation/text/short_address'
import type { FactRow } from '#facts/define_fact'
import type { Viewer } from '#http/viewer'
import { timeView } from '#views/time_view'
import { trxView } from '#views/trx_view'

/** Rows of a table, at most. */
export const MOST_ROWS = 50

const EXPLORERS: Record<string, string> = {
  mainnet: 'https://tronscan.org/#',
  nile: 'https://nile.tronscan.org/#',
  shasta: 'https://shasta.tronscan.org/#',
}

/** Records of stake as tables show them, the newest first. */
export function tronRecordsView(records: readonly FactRow[], network: string, viewer: Viewer) {
  return records
    .toSorted((one, other) => Number(other.event_time) - Number(one.event_time))
    .slice(0, MOST_ROWS)
    .map((record) => recordRow(record, network, viewer))
}

function recordRow(record: FactRow, network: string, { locale, now }: Viewer) {
  const { owner_address: owner, receiver_address: receiver, amount } = record
  return {
    operation: record.operation_type,
    time: timeView(record.event_time, locale, now),
    amount: amount === null ? null : trxView(String(amount), locale),
    resource: record.resource_type,
    owner: tronAddressView(String(owner)),
    receiver: typeof receiver === 'string' ? tronAddressView(receiver) : null,
    tx: explorerLink(network, 'transaction', String(record.tx_hash)),
    proof: standingOf(record),
  }
}

/** What is not final may be gone soon; an amount that no block proves is as sure as those who tell it. */
function standingOf({ status, info_state: info, proof_state: proof }: FactRow) {
  if (status === 'provisional') return status
  return info === undefined || info === 'not_needed' ? proof : info
}

export function tronAddressView(address: string) {
  return { full: address, short: shortAddress(address) }
}

/** Null where the network has no explorer. */
export function explorerLink(
  network: string,
  subject: 'address' | 'transaction',
  id: string
): string | null {
  const explorer = EXPLORERS[network]
  return explorer ? `${explorer}/${subject}/${id}` : null
}
