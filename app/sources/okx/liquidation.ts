/**
 * What was forced on an account, as OKX calls it. A real liquidation is an order of the type `limit`
 * with trade number 0: nothing but category, subtype of the bill, or event tells it.
 */
export type Liquidation =
  | 'full_liquidation'
  | 'partial_liquidation'
  | 'liquidation'
  | 'adl'
  | 'claw_back'

const CATEGORIES = ['full_liquidation', 'partial_liquidation', 'adl']

/** Of an order. */
export function liquidationOfCategory(category: string | null): Liquidation | null {
  return CATEGORIES.includes(category ?? '') ? (category as Liquidation) : null
}

/** Subtypes of bills and fills, by OKX's documentation of `GET /api/v5/account/bills`. */
const SUB_TYPES: [Liquidation, string[]][] = [
  ['partial_liquidation', ['100', '101', '102', '103']],
  ['full_liquidation', ['104', '105', '106', '107']],
  ['liquidation', ['110', '111']],
  ['claw_back', ['108']],
  ['adl', ['125', '126', '127', '128']],
]

/** Of a fill or a bill. */
export function liquidationOfSubType(subType: string | null): Liquidation | null {
  return SUB_TYPES.find(([, codes]) => codes.includes(subType ?? ''))?.[0] ?? null
}

const EVENTS = ['liquidation', 'adl', 'claw_back']

/** Of a change of a position, by its `eventType`. */
export function liquidationOfEvent(eventType: string | null): Liquidation | null {
  return EVENTS.includes(eventType ?? '') ? (eventType as Liquidation) : null
}
