import type { BaseCommand } from '@adonisjs/core/ace'
import { OperatorError } from '#foundation/errors'
import { didYouMean } from '#foundation/text/nearest_word'

type Command = typeof BaseCommand
type Parsed = Parameters<Command['validate']>[0]

/**
 * Holds the words of a command line against what the command takes: options that there are not or that
 * were given twice, words that nothing would read, numbers that are none. Ace says which are missing.
 *
 * Values are not shown again: one may be a secret.
 *
 * @throws OperatorError
 */
export function checkWords(command: Command, parsed: Parsed) {
  const { commandName, flags } = command
  const seeHelp = `See: node ace ${commandName} --help`

  const [unknown] = command.options.allowUnknownFlags ? [] : parsed.unknownFlags
  if (unknown !== undefined) {
    const names = flags.map(({ flagName }) => `--${flagName}`)
    const given = unknown.length > 1 ? `--${unknown}` : `-${unknown}`
    throw new OperatorError(
      `${commandName} has no option ${given}.${didYouMean(given, names)} ${seeHelp}`
    )
  }

  if (parsed._.length > 0) {
    throw new OperatorError(`${commandName} takes fewer words. ${seeHelp}`)
  }

  for (const { flagName, type } of flags) {
    const given: unknown = parsed.flags[flagName]
    if (type !== 'array' && Array.isArray(given)) {
      throw new OperatorError(`--${flagName} may be given once. ${seeHelp}`)
    }
    if (type === 'number' && given !== undefined) checkNumber(flagName, given)
    if (type === 'string' && given === '') {
      throw new OperatorError(`--${flagName} has no value. ${seeHelp}`)
    }
  }
}

function checkNumber(name: string, given: unknown) {
  const isUsable = typeof given === 'number' && given >= 0 && given <= Number.MAX_SAFE_INTEGER
  if (!isUsable) {
    throw new OperatorError(`--${name} should be a number from 0 on`)
  }
}
