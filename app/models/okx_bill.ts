import { OkxBillSchema } from '#database/schema'

/** A bill: what changed the balance of a currency, and the balance after it. */
export default class OkxBill extends OkxBillSchema {}
