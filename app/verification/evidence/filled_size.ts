import { Decimal } from '#foundation/text/decimal'

/** What fills are together. */
export function sumOf(sizes: readonly string[]): Decimal {
  return sizes.reduce((total, size) => total.plus(Decimal.parse(size)), Decimal.of(0))
}

/**
 * Whether fills are all that was filled of an order. OKX rounds the sum of the order: 1.844337 is
 * filled, and 1.84 is what it says.
 */
export function addsUp(sizes: readonly string[], accFillSz: string | null): boolean {
  const [, fraction = ''] = (accFillSz ?? '0').split('.')
  const unit = Decimal.parse('1', fraction.length)
  const difference = sumOf(sizes).minus(Decimal.parse(accFillSz ?? '0'))
  return difference.compare(unit) < 0 && difference.plus(unit).compare(Decimal.of(0)) > 0
}
