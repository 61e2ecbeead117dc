import { exactAmount } from '#feed/amount_text'

/** An amount that somebody pays or has paid, in BNB to the last digit. */
export function exactBnb(wei: bigint): string {
  return `${exactAmount(String(wei))} BNB`
}
