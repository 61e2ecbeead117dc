import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { printError } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'
import { Heartbeat } from '#foundation/db/heartbeat'
import { warnOfDisk } from '#foundation/db/disk_room'
import { refuseHalfMoved } from '#foundation/db/half_moved'
import { explainMissingTables, explainUnusableDatabase } from '#foundation/db/explain_database'
import { keepOptimized } from '#foundation/db/tune_sqlite'
import { isExpected } from '#foundation/errors'
import { Rounds } from '#foundation/rounds'
import type { EndpointMark } from '#foundation/rpc/endpoint_marks'

/**
 * A command that works until it is told to stop. On SIGINT and SIGTERM its signal aborts, `work`
 * finishes or releases what is under way, and the process exits 0.
 */
export abstract class LongRunningCommand extends BaseCommand {
  static options: CommandOptions = { startApp: true, staysAlive: true }

  /** The RPC endpoints that the work asks, once it does. */
  protected endpoints?: {
    silentSince(): number | null
    marks(): readonly EndpointMark[]
    /** Those that may be believed. */
    unmarked?: readonly unknown[]
    /** How what they show is checked. */
    checks?: { unprovenSince: number | null }
  }

  readonly #stop = new AbortController()
  #working?: Promise<void>

  /** Runs until `signal` aborts. Returning earlier ends the process. */
  abstract work(signal: AbortSignal): Promise<void>

  /** The name of its heartbeat while it works, or null for a command that ends by itself. */
  protected get beatsAs(): string | null {
    return null
  }

  prepare() {
    this.app.terminating(async () => {
      this.#stop.abort()
      await this.#working
    })
  }

  /**
   * Works until `signal` aborts, and says meanwhile that it does. In a process of its own, or beside
   * others in one.
   *
   * A process that fails keeps its last heartbeat: the check then finds it missing.
   */
  async workOnRecord(signal: AbortSignal) {
    const { beatsAs: kind } = this
    if (!kind) return this.work(signal)
    await refuseHalfMoved()

    const version = this.app.version?.toString() ?? ''
    const rpcSilentSince = () => this.endpoints?.silentSince() ?? null
    const endpoints = () => ({
      marks: this.endpoints?.marks() ?? [],
      trusted: this.endpoints?.unmarked?.length ?? null,
      unprovenSince: this.endpoints?.checks?.unprovenSince ?? null,
    })
    const clock = systemClock
    const rounds = new Rounds(clock)
    const heartbeat = new Heartbeat({ kind, version, clock, rounds, rpcSilentSince, endpoints })
    await heartbeat.start()
    try {
      await rounds.follow(() => this.work(signal))
    } catch (error) {
      heartbeat.abandon()
      throw error
    }
    await heartbeat.stop()
  }

  async run() {
    this.#working = this.#workAndOptimize()
    await this.#working
    // A signal may end the process before the kernel passes the exit code on.
    process.exitCode = this.exitCode

    if (!this.#stop.signal.aborted) {
      await this.terminate()
    }
  }

  /** Looks after the database until the work ends. */
  async #workAndOptimize() {
    const over = new AbortController()
    const upkeep = this.#lookAfterDatabase(over.signal)
    await this.workOnRecord(this.#stop.signal)
      .catch((error) => this.#explain(error))
      .finally(() => over.abort())
    await upkeep
  }

  /** Not for a command that leaves the application alone: it has no database of its own. */
  async #lookAfterDatabase(signal: AbortSignal) {
    const { options } = this.constructor as typeof LongRunningCommand
    if (!options.startApp) return

    const logger = await this.app.container.make('logger')
    await Promise.all([keepOptimized(systemClock, signal), warnOfDisk(systemClock, logger, signal)])
  }

  #explain(error: unknown) {
    const explained = explainUnusableDatabase(explainMissingTables(error))
    if (!isExpected(explained)) {
      throw error
    }
    printError((explained as Error).message)
    this.exitCode = 1
  }
}
