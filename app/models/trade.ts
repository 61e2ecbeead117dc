import { TradeSchema } from '#database/schema'

export type TradeSide = 'buy' | 'sell'

/** A token was bought or sold. */
export default class Trade extends TradeSchema {
  declare side: TradeSide
}
