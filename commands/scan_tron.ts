import { flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import tronConfig from '#config/tron'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { outlastFaults } from '#foundation/db/outlast_faults'
import { OperatorError } from '#foundation/errors'
import { gapsInWords } from '#collectors/evm/retry_gaps'
import { findCursor } from '#collectors/store/cursor'
import { beginAt } from '#collectors/tron/begin_at'
import { checkAccounts } from '#collectors/tron/check_accounts'
import { followTron, type FollowTronOptions } from '#collectors/tron/follow_tron'
import { mendAmong, mendGaps } from '#collectors/tron/tron_gaps'
import { tronTools } from '#collectors/tron/tron_tools'

/** Exit code: blocks could not be read or proven. */
const INCOMPLETE = 3

export default class ScanTron extends LongRunningCommand {
  static commandName = 'scan:tron'
  static description = 'Read TRON and store stakes, delegations and what can be withdrawn'
  static help = [
    'Follows the network of TRON_URLS from where it stopped, or from TRON_FROM_BLOCK,',
    'until it is told to stop. Stored is the stake of the accounts that are watched',
    '(tron:watch), or of all with TRON_WATCH=all. History is read by tron:backfill.',
    'With --from it goes on at a block further ahead: the blocks between are read beside,',
    'as a gap.',
    '```',
    '{{ binaryName }} scan:tron',
    '{{ binaryName }} scan:tron --once',
    '{{ binaryName }} scan:tron --from=79000000',
    '```',
    'Exit codes: 0 done, 1 refused or failed, 3 some blocks could not be read.',
  ]

  @flags.boolean({ description: 'Read up to the newest final block once and end' })
  declare once?: boolean

  @flags.number({ description: 'Go on at this block; those before it are read beside' })
  declare from?: number

  protected get beatsAs() {
    return this.once ? 'scan:tron --once' : 'scan:tron'
  }

  async work(signal: AbortSignal) {
    const logger = await this.app.container.make('logger')
    const options = this.#beginning(tronTools(tronConfig, systemClock, logger))
    this.endpoints = options.nodes
    return this.once ? this.#once(options, signal) : this.#follow(options, signal)
  }

  /** Where --from says so, a first run begins there, too. */
  #beginning(options: FollowTronOptions): FollowTronOptions {
    return this.from === undefined ? options : { ...options, fromBlock: this.from }
  }

  async #follow(options: FollowTronOptions, signal: AbortSignal) {
    const follower = followTron(options)
    await this.#moveOn(options, follower)
    const isActive = () => follower.isActive
    const loops = [
      () => follower.run(signal),
      () => mendGaps(options, signal, isActive),
      () => checkAccounts(options, signal, isActive),
    ]
    await Promise.all(loops.map((loop) => outlastFaults(loop, options, signal)))
  }

  async #once(options: FollowTronOptions, signal: AbortSignal) {
    const name = `chain:${options.nodes.network.chainId}`
    const follower = followTron(options)
    await this.#moveOn(options, follower)
    const before = await findCursor(name)
    await outlastFaults(() => follower.once(signal), options, signal)
    const after = await findCursor(name)
    const read = { from: (before?.blockNumber ?? 0) + 1, to: after?.blockNumber ?? 0 }
    const unread = gapsInWords(await mendAmong(options, read))
    if (unread) {
      printAside(`${unread}\n`)
      this.exitCode = INCOMPLETE
    }
  }

  /** @throws OperatorError where another process reads: it would be moved while it works */
  async #moveOn(options: FollowTronOptions, follower: ReturnType<typeof followTron>) {
    if (this.from === undefined) return
    if (!(await follower.takeLease())) {
      throw new OperatorError('Another scan:tron is at work on this database: stop it first.')
    }
    await beginAt(options, this.from)
  }
}
