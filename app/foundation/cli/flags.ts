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

/**
 * A count that was given as a flag.
 *
 * @throws OperatorError when it is no whole number, less than one, or more than `most`
 */
export function countFlag(name: string, count: number, most = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(count) || count < 1 || count > most) {
    const range = most === Number.MAX_SAFE_INTEGER ? 'from 1 on' : `from 1 to ${most}`
    throw new OperatorError(`--${name} should be a whole number ${range}`)
  }
  return count
}

/** As many entries as a list shows at most. */
export const MOST_LISTED = 10_000

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
