import { heardOf, type FollowedAccount, type Heard } from '#collectors/okx/ingest/heard'
import { readAlgoOrder } from '#sources/okx/algo_order'
import { fillOfOrder } from '#sources/okx/fill'
import type { OkxPush } from '#sources/okx/message'
import { readOrder } from '#sources/okx/order'
import { readBalance, readPosition } from '#sources/okx/position'
import { OkxDecodeError, rowsIn, textIn, type OkxRow } from '#sources/okx/row'
import { unknownWords } from '#sources/okx/unknown_words'

/**
 * What a push tells of an account, in the order in which it tells it. A row that cannot be read is
 * kept and counted; the others of its message are read all the same.
 *
 * @param now epoch milliseconds
 */
export function readPush(push: OkxPush, account: FollowedAccount, now: number): Heard {
  const heard = heardOf(account, 'push', now)
  for (const row of push.rows) {
    orElseUnknown(heard, push.channel, row, () => readRow(heard, push, row))
  }
  return heard
}

/** Reads a row, or counts it as one that cannot be read. */
export function orElseUnknown(heard: Heard, what: string, row: OkxRow, read: () => void) {
  try {
    read()
  } catch (error) {
    if (!(error instanceof OkxDecodeError)) throw error
    const raw = JSON.stringify(row)
    heard.unknowns.push({ kind: `unreadable ${what}`, value: error.message, raw })
  }
}

function readRow(heard: Heard, { channel, rows }: OkxPush, row: OkxRow) {
  switch (channel) {
    case 'orders': {
      const order = readOrder(row)
      heard.orders.push(order)
      heard.unknowns.push(...unknownWords(order))
      const fill = fillOfOrder(row, order)
      if (fill) heard.fills.push(fill)
      return
    }
    case 'orders-algo':
    case 'algo-advance':
      heard.algoOrders.push(readAlgoOrder(row))
      return
    case 'balance_and_position':
      return readChange(heard, row)
    case 'account':
      for (const detail of rowsIn(row.details)) {
        heard.balances.push({ said: readBalance(detail), cause: null })
      }
      return
    case 'positions':
      heard.positions.push({ said: readPosition(row), cause: null })
      return
    default:
      heard.unknowns.push({ kind: 'channel', value: channel, raw: JSON.stringify(rows) })
  }
}

/**
 * Channels that tell what `balance_and_position` tells, with more details and without its cause. Their
 * pushes are stored a little later, so that the cause comes first.
 */
export const DETAIL_CHANNELS = ['account', 'positions']

/** A snapshot after subscribing is what there is; everything later says what changed it. */
function readChange(heard: Heard, row: OkxRow) {
  const eventType = textIn(row, 'eventType')
  const cause = eventType === 'snapshot' ? null : eventType
  for (const balance of rowsIn(row.balData)) {
    heard.balances.push({ said: readBalance(balance), cause })
  }
  for (const position of rowsIn(row.posData)) {
    heard.positions.push({ said: readPosition(position), cause })
  }
}
