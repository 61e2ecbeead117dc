import { hostname, userInfo } from 'node:os'
import type { BaseCommand } from '@adonisjs/core/ace'
import type { ApplicationService } from '@adonisjs/core/types'
import { systemClock } from '#foundation/clock'
import { actionOfCommand, type ActionName } from '#operator/actions'

/** Notes what operators do by commands. */
export default class OperatorLogProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const kernel = await this.app.container.make('ace')
    kernel.executed(async (command) => {
      const { commandName, args } = command.constructor as typeof BaseCommand
      const asked = askedOf(command)
      const given = args.filter(({ name }) => asked[name] !== undefined).length
      const action = actionOfCommand(commandName, given, asked)
      if (action && !asked.dryRun) {
        await this.#log(command, action, asked)
        if (this.app.isTerminated) await this.#closeAgain()
      }
    })
  }

  /**
   * A command that works for a while ends the application itself, and its connections with it. One that
   * was opened anew for the log would keep the process for ever.
   */
  async #closeAgain() {
    const db = await this.app.container.make('lucid.db')
    await db.manager.closeAll()
  }

  /** What was done is done: that it could not be noted is told, and is no failure of the command. */
  async #log(command: BaseCommand, action: ActionName, asked: Record<string, unknown>) {
    try {
      const { logAction } = await import('#operator/action_log')
      const { error } = command
      await logAction(
        {
          actor: `${userName()}@${hostname()}`,
          via: 'command',
          action,
          asked,
          outcome: error ? 'refused' : 'done',
          detail: error ? String(error.message) : null,
        },
        systemClock
      )
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn(`what was done is not in the operator's log: ${(error as Error).message}`)
    }
  }
}

/** Arguments and flags by their names. */
function askedOf(command: BaseCommand): Record<string, unknown> {
  const { args, flags } = command.constructor as typeof BaseCommand
  const names = [...args, ...flags].map(({ name }) => name)
  return Object.fromEntries(names.map((name) => [name, Reflect.get(command, name)]))
}

/** Users of containers may have no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.()}`
  }
}
