/** Text such as `-12.5` or, from a JavaScript number, `1e+21`. No amount on a chain is longer. */
const WRITTEN = /^(-?\d{1,400})(?:\.(\d{1,400}))?(?:e([+-]\d{1,3}))?$/

/**
 * Digits of one number, and how many of them may stand behind the point: as many as there may be
 * before and behind it in text. Every double has fewer.
 */
const MOST_DIGITS = 400
const LIMIT = 10n ** BigInt(MOST_DIGITS)

/**
 * An exact decimal number: amounts on a chain have up to 78 digits, of which a double keeps 15.
 * Its value is `digits` divided by ten to the power of `scale`.
 */
export class Decimal {
  /** @throws Error when the number is longer than any amount, and would take long to work with */
  constructor(
    private readonly digits: bigint,
    private readonly scale: number
  ) {
    if (scale > MOST_DIGITS || digits >= LIMIT || digits <= -LIMIT) {
      throw new Error(`a number has more than ${MOST_DIGITS} digits`)
    }
  }

  /**
   * @param scale how many of the last digits stand behind the point
   * @throws Error when the text is no decimal number, or one with too many digits
   */
  static parse(text: string, scale = 0): Decimal {
    const [, whole, fraction = '', exponent = '0'] = WRITTEN.exec(text) ?? []
    if (whole === undefined) {
      throw new Error(`"${text.slice(0, 50)}" is not a decimal number`)
    }
    const behind = fraction.length + scale - Number(exponent)
    const digits = BigInt(whole + fraction)
    return behind >= 0
      ? new Decimal(digits, behind)
      : new Decimal(digits * 10n ** BigInt(-behind), 0)
  }

  /** A literal means what is written: 1.1 is eleven tenths, not the double next to it. */
  static of(value: Decimal | number | bigint): Decimal {
    return value instanceof Decimal ? value : Decimal.parse(String(value))
  }

  /** Negative, zero or positive, as this number is less than, equal to or more than the other. */
  compare(other: Decimal): number {
    const [one, two] = aligned(this, other)
    return one < two ? -1 : Number(one > two)
  }

  plus(other: Decimal): Decimal {
    const [one, two, scale] = aligned(this, other)
    return new Decimal(one + two, scale)
  }

  minus(other: Decimal): Decimal {
    const [one, two, scale] = aligned(this, other)
    return new Decimal(one - two, scale)
  }

  times(other: Decimal): Decimal {
    return new Decimal(this.digits * other.digits, this.scale + other.scale)
  }

  /** Without an exponent, and without zeros that say nothing. */
  toString(): string {
    const sign = this.digits < 0n ? '-' : ''
    const text = String(sign ? -this.digits : this.digits).padStart(this.scale + 1, '0')
    const point = text.length - this.scale
    let end = text.length
    while (end > point && text[end - 1] === '0') {
      end--
    }
    return `${sign}${text.slice(0, point)}${end > point ? `.${text.slice(point, end)}` : ''}`
  }

  /** With so many digits behind the point, a half rounded away from zero. */
  toFixed(places: number): string {
    const rounded = this.scale <= places ? this.at(places) : this.#roundedTo(places)
    const text = String(rounded < 0n ? -rounded : rounded).padStart(places + 1, '0')
    const point = text.length - places
    const fraction = places > 0 ? `.${text.slice(point)}` : ''
    return `${rounded < 0n ? '-' : ''}${text.slice(0, point)}${fraction}`
  }

  #roundedTo(places: number): bigint {
    const unit = 10n ** BigInt(this.scale - places)
    const half = this.digits < 0n ? -unit / 2n : unit / 2n
    return (this.digits + half) / unit
  }

  /** About how many digits it has, before and behind the point: what it takes to work with it. */
  get size(): number {
    return this.digits.toString(16).length + this.scale
  }

  /** The digits of this number with `scale` of them behind the point. */
  at(scale: number): bigint {
    return this.digits * 10n ** BigInt(scale - this.scale)
  }

  static commonScale(one: Decimal, other: Decimal): number {
    return Math.max(one.scale, other.scale)
  }
}

function aligned(one: Decimal, other: Decimal): [bigint, bigint, number] {
  const scale = Decimal.commonScale(one, other)
  return [one.at(scale), other.at(scale), scale]
}
