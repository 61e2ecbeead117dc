import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Kernel } from '@adonisjs/core/ace'
import type { CommandMetaData } from '@adonisjs/core/types/ace'

const EXTENSION = import.meta.filename.endsWith('.ts') ? 'ts' : 'js'

/** The file of a command of Regou's own, where there is one: `webhook:add` is commands/webhook_add. */
export function ownCommandFile(name: string): URL | null {
  if (!/^[a-z]+(:[a-z]+)?$/.test(name)) return null
  const file = new URL(`../../commands/${name.replace(':', '_')}.${EXTENSION}`, import.meta.url)
  return existsSync(fileURLToPath(file)) ? file : null
}

/** Regou's own among all commands. The others are those of the framework, for development. */
export function ownCommands(kernel: Pick<Kernel, 'getCommands'>): CommandMetaData[] {
  return kernel.getCommands().filter(({ commandName }) => ownCommandFile(commandName))
}
