import type { BaseCommand } from '@adonisjs/core/ace'
import type { CommandMetaData } from '@adonisjs/core/types/ace'
import { ownCommandFile } from './kernel/own_commands.js'

/*
|--------------------------------------------------------------------------
| The command that was asked for
|--------------------------------------------------------------------------
|
| A loader of Ace. To know what commands there are, Ace imports all of them,
| and with them most of the application. `node ace webhook:list` needs only
| "commands/webhook_list", so that one is offered before Ace looks for others.
|
*/

type Command = typeof BaseCommand

let asked: Command | undefined

/** What Ace knows before it looks at the folder: the one command, or none. */
export async function getMetaData(): Promise<CommandMetaData[]> {
  asked = await commandNamed(process.argv[2])
  return asked ? [asked.serialize()] : []
}

export async function getCommand() {
  return asked ?? null
}

async function commandNamed(name = ''): Promise<Command | undefined> {
  const file = ownCommandFile(name)
  // One of them is about all.
  if (!file || name === 'completion') return

  const { default: command } = await import(file.href)
  return command.commandName === name ? command : undefined
}
