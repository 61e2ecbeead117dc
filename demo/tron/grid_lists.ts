import type { PlayBlock } from '#demo/tron/block'
import type { ChainView } from '#demo/tron/chain_view'
import { hexOfBase58 } from '#demo/tron/keys'
import { showTransaction, type PlayTransaction } from '#demo/tron/transaction'

const DEFAULT_LIMIT = 20
const MOST = 200

/** What `GET /v1/accounts/<address>/transactions` of TronGrid may be asked for. */
type Filter = Record<string, unknown>

interface Row {
  block: PlayBlock
  transaction: PlayTransaction
  place: number
}

/**
 * An account's transactions as TronGrid lists them, the newest first: what it sent, and what names
 * it as receiver. The last page has no `fingerprint`.
 *
 * @param address base58 or hex
 * @param at epoch milliseconds
 * @returns undefined for something that is no address
 */
export function listTransactions(view: ChainView, address: string, filter: Filter, at: number) {
  const owner = /^41[0-9a-f]{40}$/i.test(address) ? address.toLowerCase() : hexOfBase58(address)
  if (!owner) {
    return undefined
  }
  const limit = Math.min(MOST, Number(filter.limit ?? DEFAULT_LIMIT))
  const from = Number(Buffer.from(String(filter.fingerprint ?? ''), 'base64url').toString()) || 0
  const rows = rowsOf(view, owner, filter)
  if (filter.order_by !== 'block_timestamp,asc') rows.reverse()

  const page = rows.slice(from, from + limit)
  const next = from + page.length
  const fingerprint = Buffer.from(String(next)).toString('base64url')
  return {
    data: page.map(showRow),
    success: true,
    meta: {
      at,
      page_size: page.length,
      ...(next < rows.length && {
        fingerprint,
        links: {
          next: `https://grid.example/v1/accounts/${address}/transactions?fingerprint=${fingerprint}`,
        },
      }),
    },
  }
}

function rowsOf(view: ChainView, owner: string, filter: Filter): Row[] {
  const is = (name: string) => String(filter[name]) === 'true'
  const [first, last] = [
    is('only_unconfirmed') ? view.solid + 1 : 1,
    is('only_confirmed') ? view.solid : view.head,
  ]
  const earliest = Number(filter.min_timestamp ?? 0)
  const latest = Number(filter.max_timestamp ?? Infinity)

  const concerns = ({ raw: { contract } }: PlayTransaction) => {
    const { owner_address: sender, receiver_address: receiver, to_address: to } = contract.value
    const isFrom = sender === owner
    const isTo = (receiver ?? to) === owner
    return is('only_from') ? isFrom : is('only_to') ? isTo : isFrom || isTo
  }
  const rows: Row[] = []
  for (let number = first; number <= last; number++) {
    const block = view.block(number)
    if (!block || block.timestamp < earliest || block.timestamp > latest) continue
    block.transactions.forEach((transaction, place) => {
      if (concerns(transaction)) rows.push({ block, transaction, place })
    })
  }
  return rows
}

/** A transaction with what its info says beside it. */
function showRow({ block, transaction, place }: Row) {
  const { withdrawn, cancelled, unfrozen, fee = 0n } = block.infos[place] ?? {}
  const { ret, ...shown } = showTransaction(transaction, false)
  return {
    ret: ret.map((entry, at) => (at === 0 ? { ...entry, fee } : entry)),
    ...shown,
    net_usage: 268,
    net_fee: 0,
    energy_usage: 0,
    energy_fee: 0,
    energy_usage_total: 0,
    blockNumber: block.number,
    block_timestamp: block.timestamp,
    internal_transactions: [],
    ...(withdrawn && { withdraw_expire_amount: withdrawn }),
    ...(unfrozen && { unfreeze_amount: unfrozen }),
    ...(cancelled && { cancel_unfreezeV2_amount: cancelled }),
  }
}
