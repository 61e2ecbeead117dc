import type { BaseCommand, Kernel } from '@adonisjs/core/ace'
import { printError } from '#foundation/cli/print'
import { printJson } from '#foundation/cli/print_list'
import { OperatorError } from '#foundation/errors'
import { didYouMean } from '#foundation/text/nearest_word'
import { explain } from '../explain.js'
import { checkWords } from './checked_words.js'
import { commandHelp } from './command_help.js'
import { commandList, listedCommands } from './command_list.js'
import { refuseToDestroy } from './destructive_commands.js'
import { ownCommands } from './own_commands.js'
import { asksForHelp } from './words_only.js'

const ABOUT =
  'Regou watches token launches, stores what happened, and pushes it the moment it happens.'

/**
 * Gives Ace the manners of Regou's commands: help and lists for the width of the terminal, words that are
 * checked before anything starts, one look of all errors, and a question back before data is deleted.
 */
export function equipKernel(kernel: Kernel, argv: readonly string[]) {
  const isHelp = asksForHelp(argv)

  kernel.finding((name) => refuseToDestroy(name, argv))
  kernel.loaded((Command) => holdToItsWords(Command, isHelp))
  kernel.on('help', (Command) => {
    process.stdout.write(commandHelp(Command.serialize()))
    return kernel.shortcircuit()
  })
  kernel.on('ansi', (_, __, { flags: { ansi } }) => {
    process.env[ansi ? 'FORCE_COLOR' : 'NO_COLOR'] = '1'
    kernel.ui.switchMode(ansi ? 'normal' : 'silent')
  })
  Object.assign(kernel.errorHandler, {
    render: (error: Error) => renderError(error, kernel),
  })
  rewriteList(kernel)
}

/** Ace's own list is made over, so that `node ace` alone shows it as well. */
function rewriteList(kernel: Kernel) {
  const List = kernel.getDefaultCommand()
  List.boot()
  List.description = 'List the commands'
  List.help = ['```', '{{ binaryName }} list', '{{ binaryName }} list webhook scan', '```']
  List.defineFlag('all', { type: 'boolean', description: "Also the framework's, for development" })
  Object.assign(List.prototype, {
    async run(this: { namespaces?: string[]; all?: boolean; json?: boolean }) {
      const commands = listedCommands(kernel, { groups: this.namespaces, all: this.all })
      if (this.json) printJson(commands)
      else process.stdout.write(commandList(commands, ABOUT))
    },
  })
}

/** Commands that were found before; only tests find one twice. */
const held = new WeakSet<typeof BaseCommand>()

/** Ace prints help before it has checked all words, and complains of missing ones afterwards. */
function holdToItsWords(Command: typeof BaseCommand, isHelp: boolean) {
  if (held.has(Command)) return
  held.add(Command)
  const { validate } = Command
  Object.assign(Command, {
    validate(parsed: Parameters<typeof validate>[0]) {
      if (isHelp) return
      checkWords(Command, parsed)
      try {
        validate.call(Command, parsed)
      } catch (error) {
        // What is missing is said by Ace.
        const { message } = error as Error
        throw new OperatorError(`${message}. See: node ace ${Command.commandName} --help`)
      }
    },
  })
}

async function renderError(error: Error & { code?: string; commandName?: string }, kernel: Kernel) {
  if (error.code === 'E_COMMAND_NOT_FOUND') {
    printError(unknownCommand(error.commandName!, kernel))
  } else if (error.code === 'E_PROMPT_CANCELLED') {
    printError('Cancelled.')
  } else await explain(error)
}

function unknownCommand(name: string, kernel: Kernel): string {
  const commands = ownCommands(kernel).map(({ commandName }) => commandName)
  const group = commands.filter((command) => command.startsWith(`${name}:`))
  const words = [...commands, 'help', 'list']
  const hint = group.length > 0 ? ` There are: ${group.join(', ')}` : didYouMean(name, words)
  return `There is no command "${name}".${hint}\nAll commands: node ace list`
}
