import { OperatorError } from '#foundation/operator_error'

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
