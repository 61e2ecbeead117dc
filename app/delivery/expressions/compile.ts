import { EvaluationError, ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js'
import type { Environment } from '@marcbachmann/cel-js'
import { LONGEST_EXPRESSION, RefusedExpression } from '#delivery/expressions/language'
import { Meter, metered } from '#delivery/expressions/meter'
import { refuseForbidden } from '#delivery/expressions/permitted'
import { storable } from '#foundation/text/whole_text'

const LONGEST_PROBLEM = 300

export interface Expression {
  /** The type of its value as the language calls it; `dyn` when only events can say. */
  type: string
  /** @throws Error when the event lacks what the expression reads, or it takes too much work */
  evaluate: (event: object) => unknown
  /** Counts the steps of the latest event; what is done with its value goes on counting. */
  meter: Meter
}

/**
 * Reads an expression once, so that it can be evaluated for many events.
 *
 * @param fields what `data` may have; null: that was checked when the expression was stored
 * @throws RefusedExpression when it is too long, too deep, misspelt, or of types that do not fit
 */
export function compile(
  text: string,
  language: Environment,
  fields: readonly string[] | null = null
): Expression {
  if (text.length > LONGEST_EXPRESSION) {
    throw new RefusedExpression(
      `It has ${text.length} characters, ${LONGEST_EXPRESSION} are allowed`,
      text,
      null
    )
  }
  const program = parsed(text, language)
  refuseForbidden(program.ast, text, fields)

  const { valid, type, error } = program.check()
  if (!valid) {
    throw refusal(error, text)
  }
  const meter = new Meter()
  metered(program.ast, meter)
  const evaluate = (event: object) => {
    meter.begin()
    const value: unknown = program(event)
    meter.check()
    return value
  }
  return { type: String(type), evaluate, meter }
}

function parsed(text: string, language: Environment) {
  try {
    return language.parse(text)
  } catch (error) {
    throw refusal(error, text)
  }
}

function refusal(error: unknown, text: string): RefusedExpression {
  const at = isOfLanguage(error) ? (error.range?.start ?? null) : null
  return new RefusedExpression(problemOf(error), text, at)
}

/** What went wrong in one line, without the picture of the expression that the library draws. */
export function problemOf(error: unknown): string {
  const problem = isOfLanguage(error) ? error.summary : (error as Error).message
  // It may name a key that the expression has made of an event's texts.
  return storable(problem, LONGEST_PROBLEM)
}

function isOfLanguage(error: unknown): error is ParseError | EvaluationError | CelTypeError {
  return (
    error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError
  )
}
