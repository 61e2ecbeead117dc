import { BalanceSchema } from '#database/schema'

/** The latest balance of a currency at OKX. */
export default class Balance extends BalanceSchema {}
