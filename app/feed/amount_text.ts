/** Digits that people compare at a glance. */
const DIGITS = 4

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉'

/** The exact decimal text of an amount in its smallest unit: `1500000000000000000` is `1.5`. */
export function exactAmount(amount: string, decimals = 18): string {
  const isNegative = amount.startsWith('-')
  const digits = amount.replace('-', '').padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')

  return `${isNegative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

/** The same with the digits in groups, as the reader's language writes them: `1,234,567.5`. */
export function groupedAmount(amount: string, locale: string, decimals = 18): string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: decimals })
  return format.format(exactAmount(amount, decimals) as Intl.StringNumericLiteral)
}

/**
 * An amount in its smallest unit as people read it: four digits, large ones compact in the
 * reader's language, and the zeros of tiny ones counted as traders write them (`0.0₇6153`).
 */
export function readableAmount(amount: string, locale: string, decimals = 18): string {
  const exact = exactAmount(amount, decimals)
  const tiny = /^(-?0\.)(0{3,})(\d+)$/.exec(exact)
  if (tiny) return tinyAmount(tiny[1]!, tiny[2]!.length, tiny[3]!)

  return amountFormat(locale, isLarge(exact)).format(exact as Intl.StringNumericLiteral)
}

function tinyAmount(start: string, zeros: number, digits: string): string {
  return `${start}0${subscript(zeros)}${digits.slice(0, DIGITS).replace(/0+$/, '')}`
}

function isLarge(exact: string): boolean {
  return exact.replace('-', '').split('.')[0]!.length > DIGITS
}

function subscript(count: number): string {
  return [...String(count)].map((digit) => SUBSCRIPTS[Number(digit)]).join('')
}

const formats = new Map<string, Intl.NumberFormat>()

function amountFormat(locale: string, isCompact: boolean): Intl.NumberFormat {
  const key = `${locale} ${isCompact}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, {
      maximumSignificantDigits: DIGITS,
      notation: isCompact ? 'compact' : 'standard',
    })
  formats.set(key, format)
  return format
}
