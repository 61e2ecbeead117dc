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
