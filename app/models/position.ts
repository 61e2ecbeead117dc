import { PositionSchema } from '#database/schema'

/** The latest state of a position at OKX. `pos` is as the venue counts it, in contracts for derivatives. */
export default class Position extends PositionSchema {
  declare status: 'open' | 'closed'
}
