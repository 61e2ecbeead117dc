import type { OkxOrder } from '#sources/okx/order'

/** A word of OKX that we do not know: it is kept as it is, and counted. */
export interface UnknownWord {
  /** Such as `order state`. */
  kind: string
  value: string
  raw: string
}

/** By OKX's documentation of 2026-07. */
const KNOWN: Record<'state' | 'ordType' | 'category' | 'instType', string[]> = {
  state: ['live', 'partially_filled', 'filled', 'canceled', 'mmp_canceled'],
  ordType: [
    ...['market', 'limit', 'post_only', 'fok', 'ioc', 'optimal_limit_ioc', 'mmp'],
    ...['mmp_and_post_only', 'op_fok', 'elp'],
  ],
  category: [
    ...['normal', 'twap', 'adl', 'full_liquidation', 'partial_liquidation', 'delivery', 'ddh'],
    'auto_conversion',
  ],
  instType: ['SPOT', 'MARGIN', 'SWAP', 'FUTURES', 'OPTION', 'EVENTS'],
}

/** The words about an order that are not known. */
export function unknownWords(order: OkxOrder): UnknownWord[] {
  return Object.entries(KNOWN).flatMap(([member, words]) => {
    const value = order[member as keyof typeof KNOWN]
    return value === null || words.includes(value)
      ? []
      : [{ kind: `order ${member}`, value, raw: JSON.stringify(order.raw) }]
  })
}
