import { OperatorError } from '#foundation/errors'
import { Environment } from '@marcbachmann/cel-js'
import { Decimal } from '#foundation/text/decimal'
import type { ASTNode } from '@marcbachmann/cel-js'

/** An expression that cannot be used; the message says why and, where that is known, at which place. */
export class RefusedExpression extends OperatorError {
  /**
   * @param text the whole expression
   * @param at how many characters of it stand before the place; null when it is all of it
   */
  constructor(problem: string, text: string, at: number | null) {
    super(at === null ? problem : `${problem} (${placeOf(text, at)})`)
  }
}

function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n')
  return `line ${lines.length}, column ${lines.at(-1)!.length + 1}`
}

/** Wei to whole coins; tokens of other decimals name theirs. */
const COIN_DECIMALS = 18

/** More than any amount needs, and few enough to be nothing for the processor. */
const MOST_DECIMALS = 100n

/** How long and how deep an expression may be; what it does is counted as well (meter.ts). */
export const LONGEST_EXPRESSION = 2000
const LIMITS = {
  maxAstNodes: 300,
  maxDepth: 32,
  maxListElements: 100,
  maxMapEntries: 100,
  maxCallArguments: 4,
}

type Amount = Decimal | number | bigint

const COMPARISONS: Record<string, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '==': (order) => order === 0,
}

const SUMS: Record<string, (one: Decimal, other: Decimal) => Decimal> = {
  '+': (one, other) => one.plus(other),
  '-': (one, other) => one.minus(other),
  '*': (one, other) => one.times(other),
}

/**
 * What expressions are written in: the Common Expression Language (https://cel.dev), an event's
 * fields, and exact decimal numbers.
 */
export function language(): Environment {
  const cel = new Environment({ homogeneousAggregateLiterals: false, limits: LIMITS })
  cel.registerType('Decimal', { ctor: Decimal, fields: {} })
  declareEvent(cel)
  declareConversions(cel)
  declareArithmetic(cel)
  return cel
}

function declareEvent(cel: Environment) {
  for (const name of ['id', 'event_type', 'source']) {
    cel.registerVariable(name, 'string')
  }
  cel.registerVariable('data', 'map<string, dyn>')
}

function declareConversions(cel: Environment) {
  cel.registerFunction('units(string): Decimal', (text) => Decimal.parse(text, COIN_DECIMALS))
  cel.registerFunction('units(string, int): Decimal', (text, decimals) => {
    if (decimals < 0n || decimals > MOST_DECIMALS) {
      throw new Error(`units() takes 0 to ${MOST_DECIMALS} decimals`)
    }
    return Decimal.parse(text, Number(decimals))
  })
  cel.registerFunction('decimal(string): Decimal', (text) => Decimal.parse(text))
  cel.registerFunction('string(Decimal): string', (number) => String(number))
}

/** Decimals with each other, and with numbers as they are written in an expression. */
function declareArithmetic(cel: Environment) {
  const pairs = [
    ['Decimal', 'Decimal'],
    ...['int', 'double'].flatMap((type) => [
      ['Decimal', type],
      [type, 'Decimal'],
    ]),
  ]
  for (const [left, right] of pairs) {
    for (const [sign, isSo] of Object.entries(COMPARISONS)) {
      // The language turns an equation round by itself.
      if (sign !== '==' || left === 'Decimal') {
        cel.registerOperator(`${left} ${sign} ${right}`, (one: Amount, other: Amount) =>
          isSo(Decimal.of(one).compare(Decimal.of(other)))
        )
      }
    }
    for (const [sign, result] of Object.entries(SUMS)) {
      cel.registerOperator(`${left} ${sign} ${right}: Decimal`, (one: Amount, other: Amount) =>
        result(Decimal.of(one), Decimal.of(other))
      )
    }
  }
}

/**
 * A value as expressions read it: whole numbers are integers of the language, which it tells from
 * doubles by their JavaScript type.
 */
export function readable(value: unknown): unknown {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return BigInt(value)
  }
  if (value === null || typeof value !== 'object') {
    return value
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]))
}

/** The nodes among a node's operands, which may be a node, a text, or lists of both. */
export function partsOf(operands: unknown): ASTNode[] {
  if (Array.isArray(operands)) {
    return operands.flatMap(partsOf)
  }
  return operands !== null && typeof operands === 'object' && 'op' in operands
    ? [operands as ASTNode]
    : []
}
