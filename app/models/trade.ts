import { TradeSchema } from '#database/schema'
import type { TradeSide } from '#facts/trade'

/** A token was bought or sold. */
export default class Trade extends TradeSchema {
  declare side: TradeSide
}
