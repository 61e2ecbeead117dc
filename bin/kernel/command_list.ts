import type { Kernel } from '@adonisjs/core/ace'
import type { CommandMetaData } from '@adonisjs/core/types/ace'
import { OperatorError } from '#foundation/errors'
import { painted, textWidth, wrapped } from '#foundation/cli/terminal'
import { didYouMean } from '#foundation/text/nearest_word'
import { columns } from './command_help.js'
import { ownCommands } from './own_commands.js'

const MORE = [
  ['node ace help <command>', 'What a command does, with its options and examples'],
  ['node ace completion <shell>', 'Completes commands and options in bash, zsh or fish'],
  ['node ace list --all', "Also the framework's commands, for development"],
  ['node ace --version', 'The version of Regou'],
] as const

interface Asked {
  /** Groups, such as `webhook`; all when there are none. */
  groups?: readonly string[]
  /** Those of the framework as well. */
  all?: boolean
}

/**
 * The commands that there are.
 *
 * @throws OperatorError for a group that there is not
 */
export function listedCommands(kernel: Kernel, { groups = [], all }: Asked): CommandMetaData[] {
  const commands = all ? kernel.getCommands() : ownCommands(kernel)
  const known = [...new Set(commands.flatMap(({ namespace }) => namespace ?? []))]
  const unknown = groups.find((group) => !known.includes(group))
  if (unknown !== undefined) {
    throw new OperatorError(
      `There is no group of commands "${unknown}".${didYouMean(unknown, known)} There are: ${known.join(', ')}`
    )
  }
  return commands.filter(({ namespace }) => groups.length === 0 || groups.includes(namespace ?? ''))
}

/** The same as text: those without a group first, then group by group. */
export function commandList(commands: readonly CommandMetaData[], about: string): string {
  const width = textWidth()
  const groups = Map.groupBy(commands, ({ namespace }) => namespace ?? '')
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b)).flatMap(([, of]) => of)
  const rows = sorted.map(({ commandName, description }) => [commandName, description] as const)
  const parts = [
    wrapped(about, width),
    [painted('bold', 'Usage'), '  node ace <command> [options]'],
    [painted('bold', 'Commands'), ...columns(rows, width)],
    [painted('bold', 'More'), ...columns(MORE, width)],
  ]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
