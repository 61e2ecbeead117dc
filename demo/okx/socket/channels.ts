import type { AccountEvent, LedgerAccount } from '#demo/okx/ledger/account'
import { textOf } from '#demo/okx/ledger/decimal'
import type { Instrument } from '#demo/okx/ledger/instruments'
import type { Position } from '#demo/okx/ledger/position'
import {
  accountRow,
  balanceDetail,
  positionRow,
  positionSummary,
} from '#demo/okx/rows/account_rows'
import { algoRow } from '#demo/okx/ledger/algo_order'
import { orderPush, type Row } from '#demo/okx/rows/order_rows'

/** What a client subscribes to: a channel, and of what kind or instrument. */
export interface ChannelArgument {
  channel: string
  instType?: string
  instFamily?: string
  instId?: string
  ccy?: string
  extraParams?: string
}

/** A message of a channel, without its argument. */
export type Told = Record<string, unknown> & { data: Row[] }

/** Which channels each endpoint has. */
export const CHANNELS: Record<string, readonly string[]> = {
  private: ['orders', 'account', 'positions', 'balance_and_position', 'fills'],
  business: ['orders-algo', 'algo-advance'],
  public: ['status', 'instruments'],
}

/** Those that say how many connections have them, and that only so many may have. */
export const COUNTED = new Set(['orders', 'account', 'positions', 'balance_and_position'])

/** Those whose argument has to name a kind of instrument. */
export const BY_TYPE = new Set([
  'orders',
  'positions',
  'orders-algo',
  'algo-advance',
  'instruments',
])

/** What is one subscription. */
export function keyOf({ channel, instType, instFamily, instId, ccy }: ChannelArgument): string {
  return [channel, instType, instFamily, instId, ccy].join(' ')
}

/** Whether it is told again and again, as it is unless the client wants changes alone. */
export function isRegular({ channel, extraParams = '' }: ChannelArgument): boolean {
  const isOfState = channel === 'account' || channel === 'positions'
  return isOfState && !/"updateInterval":\s*"0"/.test(extraParams)
}

/** What a channel says first, in pages; nothing for channels that tell only what changes. */
export function snapshotOf(
  ledger: LedgerAccount,
  argument: ChannelArgument,
  now: number,
  pageSize: number
): Told[] {
  const currencies = [...ledger.balances.keys()]
  switch (argument.channel) {
    case 'account':
      return pages(
        currencies.map((ccy) => balanceDetail(ledger, ccy)),
        pageSize,
        (details) => [accountRow(ledger, details, now)]
      )
    case 'positions':
      return pages(
        ledger.openPositions.filter(concerns(argument)).map((one) => positionRow(one, now)),
        pageSize,
        (rows) => rows
      )
    case 'balance_and_position':
      return [
        { data: [balanceAndPosition(ledger, 'snapshot', currencies, ledger.openPositions, now)] },
      ]
    default:
      return []
  }
}

/** What a channel says of an event; null where it is none of its own. */
export function told(
  ledger: LedgerAccount,
  event: AccountEvent,
  argument: ChannelArgument,
  now: number
): Told | null {
  switch (`${argument.channel} ${event.kind}`) {
    case 'orders order': {
      const { order, fill } = event as AccountEvent & { kind: 'order' }
      return concerns(argument)(order) ? { data: [orderPush(order, fill)] } : null
    }
    case 'orders-algo algo': {
      const { algo } = event as AccountEvent & { kind: 'algo' }
      return concerns(argument)(algo) ? { data: [algoRow(algo)] } : null
    }
    case 'account balance': {
      const { currencies } = event as AccountEvent & { kind: 'balance' }
      const details = currencies.map((ccy) => balanceDetail(ledger, ccy))
      return { eventType: 'event_update', data: [accountRow(ledger, details, now)] }
    }
    case 'positions balance': {
      const { position } = event as AccountEvent & { kind: 'balance' }
      if (!position || !concerns(argument)(position)) return null
      return { eventType: 'event_update', data: [positionRow(position, now)] }
    }
    case 'balance_and_position balance': {
      const { cause, currencies, position, fill } = event as AccountEvent & { kind: 'balance' }
      const held = position ? [position] : []
      const row = balanceAndPosition(ledger, cause, currencies, held, now)
      if (fill) row.trades = [{ instId: fill.instrument.instId, tradeId: fill.tradeId }]
      return { data: [row] }
    }
    default:
      return null
  }
}

function balanceAndPosition(
  ledger: LedgerAccount,
  eventType: string,
  currencies: string[],
  positions: Position[],
  now: number
): Row {
  return {
    balData: currencies.map((ccy) => ({
      cashBal: textOf(ledger.balance(ccy)),
      ccy,
      uTime: String(ledger.changedAt.get(ccy)),
    })),
    eventType,
    pTime: String(now),
    posData: positions.map(positionSummary),
  }
}

/** Whether a subscription is to what an order or a position is in. */
function concerns({ instType = 'ANY', instFamily, instId }: ChannelArgument) {
  return ({ instrument }: { instrument: Instrument }) =>
    (instType === 'ANY' || instType === instrument.instType) &&
    (!instId || instId === instrument.instId) &&
    (!instFamily || instFamily === `${instrument.baseCcy}-${instrument.quoteCcy}`)
}

/** Pages of a snapshot: one that is empty says so in a page of its own. */
function pages(rows: Row[], size: number, dataOf: (rows: Row[]) => Row[]): Told[] {
  const count = Math.max(1, Math.ceil(rows.length / size))
  return Array.from({ length: count }, (_, at) => ({
    eventType: 'snapshot',
    curPage: at + 1,
    lastPage: at === count - 1,
    data: dataOf(rows.slice(at * size, (at + 1) * size)),
  }))
}
