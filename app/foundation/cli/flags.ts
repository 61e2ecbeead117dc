import { parseDuration } from '#foundation/text/duration'
import { OperatorError } from '#foundation/errors'

/**
 * The milliseconds of a duration given as a command's flag.
 *
 * @throws OperatorError when it is none
 */
export function durationFlag(name: string, text: string): number {
  const duration = parseDuration(text)
  if (duration === null) {
    throw new OperatorError(
      `--${name} is "${text}", but should be a duration such as 30m, 2h or 7d`
    )
  }
  return duration
}

/** The entries of a flag that may be repeated, and that may hold several separated by commas. */
export function listFlag(values: readonly string[]): string[] {
  return values.flatMap((list) => list.split(',')).map((entry) => entry.trim())
}

/**
 * One of the words that a flag may have; undefined when it was not given.
 *
 * @throws OperatorError when it is another, with those that there are
 */
export function choiceFlag<Choice extends string>(
  name: string,
  text: string | undefined,
  choices: readonly Choice[]
): Choice | undefined {
  if (text === undefined) return undefined

  const chosen = choices.find((choice) => choice === text)
  if (chosen === undefined) {
    throw new OperatorError(`--${name} is "${text}", but should be one of: ${choices.join(', ')}`)
  }
  return chosen
}
