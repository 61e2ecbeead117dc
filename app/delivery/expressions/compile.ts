import { EvaluationError, ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js'
import type { Environment } from '@marcbachmann/cel-js'
import { LONGEST_EXPRESSION } from '#delivery/expressions/language'
import { refuseForbidden } from '#delivery/expressions/permitted'
import { RefusedExpression } from '#delivery/expressions/refused_expression'

export interface Expression {
  /** The type of its value as the language calls it; `dyn` when only events can say. */
  type: string
  /** @throws Error when the event lacks what the expression reads */
  evaluate: (event: object) => unknown
}

/**
 * Reads an expression once, so that it can be evaluated for many events.
 *
 * @throws RefusedExpression when it is too long, too deep, misspelt, or of types that do not fit
 */
export function compile(text: string, language: Environment): Expression {
  if (text.length > LONGEST_EXPRESSION) {
    throw new RefusedExpression(
      `It has ${text.length} characters, ${LONGEST_EXPRESSION} are allowed`,
      text,
      null
    )
  }
  const evaluate = parsed(text, language)
  refuseForbidden(evaluate.ast, text)

  const { valid, type, error } = evaluate.check()
  if (!valid) {
    throw refusal(error, text)
  }
  return { type: String(type), evaluate }
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
  return isOfLanguage(error) ? error.summary : (error as Error).message
}

function isOfLanguage(error: unknown): error is ParseError | EvaluationError | CelTypeError {
  return (
    error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError
  )
}
