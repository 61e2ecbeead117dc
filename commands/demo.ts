import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Random } from '#demo/market/random'
import { runDemo } from '#demo/run_demo'
import { systemClock } from '#foundation/clock'
import { wholeNumber, withDefault } from '#foundation/env_rules'
import { allowToStopWithin } from '#foundation/cli/stop_deadline'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'

const DEFAULT_PORT = 3333

/** It ends when all that is on its way has arrived, in milliseconds at the latest. */
const STOP_WITHIN_MS = 120_000

export default class Demo extends LongRunningCommand {
  static commandName = 'demo'
  static description = 'Show everything at work on a local chain with a lively market'
  static help = [
    'Needs no account and no configuration. The page is at http://127.0.0.1:3333',
    'unless PORT says otherwise; Ctrl+C stops everything and counts what arrived.',
    '```',
    '{{ binaryName }} demo',
    'PORT=8080 {{ binaryName }} demo',
    '```',
  ]

  /** The application is not started: its own processes run in an environment of the demo's. */
  static options: CommandOptions = { startApp: false, staysAlive: true }

  prepare() {
    super.prepare()
    allowToStopWithin(STOP_WITHIN_MS)
  }

  async work(signal: AbortSignal) {
    const root = this.app.makePath()
    const random = new Random(systemClock.now())
    await runDemo({ root, port: this.#port(), random, clock: systemClock }, signal)
  }

  #port(): number {
    try {
      return withDefault(wholeNumber(1, 65_535, DEFAULT_PORT), DEFAULT_PORT)(
        'PORT',
        process.env.PORT
      )
    } catch (error) {
      throw new OperatorError((error as Error).message)
    }
  }
}
