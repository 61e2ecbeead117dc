import type { ASTNode } from '@marcbachmann/cel-js'
import { Decimal } from '#foundation/text/decimal'
import { partsOf } from '#delivery/expressions/language'

/**
 * What one expression may do for one event, in steps of about a nanosecond. An ordinary filter takes
 * some thousand, and the worst that a user can write takes a millisecond.
 */
const MOST_STEPS = 200_000

/** An expression that would take too long for an event. */
class TooMuchWork extends Error {
  constructor() {
    super('it takes too much work for this event: compare shorter texts, or fewer of them')
  }
}

/** Counts the steps of an expression while it is evaluated, so that none holds up the others. */
export class Meter {
  #left = 0

  /** Steps since `begin`. */
  get used(): number {
    return MOST_STEPS - this.#left
  }

  /** Begins anew, for the next event. */
  begin() {
    this.#left = MOST_STEPS
  }

  /**
   * Notes steps that are about to be taken.
   *
   * @throws TooMuchWork when there are not so many left
   */
  charge(steps: number) {
    this.#left -= steps
    this.check()
  }

  /** @throws TooMuchWork when there were too many; the language forgets errors beside an `||` */
  check() {
    if (this.#left < 0) {
      throw new TooMuchWork()
    }
  }
}

/** Steps of one operation, whatever it works on. */
const OPERATION = 100
/** Of one that fails: the library draws a picture of the expression. */
const FAILURE = 20_000
/** Of one with an exact decimal, and of each of its digits: two are brought to one scale first. */
const DECIMAL = { any: 100, digit: 4 }
/** Of one character of a function's text: what is not ASCII takes even longer to change its case. */
const CHARACTER = 20
/** Of one entry of a list or map. */
const ENTRY = 50

const SEARCHES = ['contains', 'indexOf', 'lastIndexOf']

/** An operation as the library keeps it in a node, once that has been checked. */
type Handle = (...operands: unknown[]) => unknown

/**
 * Lets every operation of a checked expression be counted before it is made. All that takes longer
 * with its operands is one: reading a variable and making a list or a map are no longer than the
 * expression.
 */
export function metered(node: ASTNode, meter: Meter): void {
  const operation = node as ASTNode & { handle?: Handle }
  const make = operation.handle
  // A choice evaluates one of its parts by itself, which is counted there.
  if (make && node.op !== '?:') {
    const stepsOf = counterFor(node)
    operation.handle = (...operands) => {
      meter.charge(OPERATION + stepsOf(operands))
      try {
        return make(...operands)
      } catch (error) {
        meter.charge(FAILURE)
        throw error
      }
    }
  }
  partsOf(node.args).forEach((part) => metered(part, meter))
}

/** What an operation of a node costs with its operands, which the library passes first. */
function counterFor({ op, args }: ASTNode): (operands: unknown[]) => number {
  if (op === 'call' || op === 'rcall') {
    const isSearch = SEARCHES.includes(args[0])
    return ([operands]) => stepsOfCall(operands as unknown[], isSearch)
  }
  const isBinary = ['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'in'].includes(op)
  return isBinary ? ([left, right]) => weightOf(left) + weightOf(right) : () => 0
}

function stepsOfCall(operands: unknown[], isSearch: boolean): number {
  const [text, sought] = operands
  const own = operands.reduce<number>((sum, operand) => sum + stepsOfOperand(operand), 0)
  return isSearch && typeof text === 'string' && typeof sought === 'string'
    ? own + text.length * sought.length
    : own
}

function stepsOfOperand(operand: unknown): number {
  return typeof operand === 'string' ? CHARACTER * operand.length : weightOf(operand)
}

/** What it takes to read a value to its end; a list or a map with all that is in it. */
export function weightOf(value: unknown): number {
  if (typeof value === 'string') {
    return value.length
  }
  if (typeof value !== 'object' || value === null) {
    return 1
  }
  if (value instanceof Decimal) {
    return DECIMAL.any + DECIMAL.digit * value.size
  }
  const entries = Object.values(value)
  return entries.reduce((sum: number, entry) => sum + ENTRY + weightOf(entry), ENTRY)
}
