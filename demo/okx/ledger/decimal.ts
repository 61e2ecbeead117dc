/** An exact decimal number: so many units of 1e-18. */
export type Decimal = bigint

const PLACES = 18
const ONE: Decimal = 10n ** BigInt(PLACES)

export function decimal(text: string): Decimal {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(text) ?? []
  if (whole === undefined) {
    throw new TypeError(`${text} is not a decimal number with ${PLACES} places at most`)
  }
  const units = BigInt(whole + fraction.padEnd(PLACES, '0'))
  return sign ? -units : units
}

/** Without zeros at the end. */
export function textOf(value: Decimal): string {
  const digits = String(abs(value)).padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction && `.${fraction}`}`
}

/** Rounds towards zero. */
export function times(a: Decimal, b: Decimal): Decimal {
  return (a * b) / ONE
}

/** Rounds towards zero. */
export function over(a: Decimal, b: Decimal): Decimal {
  return (a * ONE) / b
}

export function abs(value: Decimal): Decimal {
  return value < 0n ? -value : value
}

export function least(a: Decimal, b: Decimal): Decimal {
  return a < b ? a : b
}

/** The multiple of `step` next to the value: nearer to zero, or else farther from it. */
export function toStep(value: Decimal, step: Decimal, direction: 'down' | 'up' = 'down'): Decimal {
  const rest = value % step
  return rest === 0n || direction === 'down' ? value - rest : value - rest + step
}
