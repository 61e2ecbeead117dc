import { args, flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import tronConfig from '#config/tron'
import { tronAddressOf } from '#accounts/tron_accounts'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'
import { gapsInWords } from '#collectors/evm/retry_gaps'
import { findCursor } from '#collectors/store/cursor'
import { accountBeginning } from '#collectors/tron/account_beginning'
import {
  backfillAccount,
  endAccountBackfill,
  restOfHistory,
} from '#collectors/tron/backfill_account'
import { backfillTron, type BackfilledPart } from '#collectors/tron/backfill_tron'
import { inWords, type FollowTronOptions } from '#collectors/tron/follow_tron'
import { mendAmong } from '#collectors/tron/tron_gaps'
import { tronTools } from '#collectors/tron/tron_tools'
import { checkExitCode, checkLines } from '#views/tron_check_proof'

interface Range {
  from: number
  to: number
}

/** Exit codes: blocks could not be read or proven; a person cut the work short (128 + SIGINT). */
const INCOMPLETE = 3
const CUT_SHORT = 130

export default class TronBackfill extends LongRunningCommand {
  static commandName = 'tron:backfill'
  static description = 'Read a stretch of the history of TRON, or the history of an account'
  static help = [
    'Reads and proves blocks beside whatever follows the head, for the accounts that are',
    'watched. Blocks that were read before stay as they are, so that it may be begun anew',
    'at the block where it was cut short.',
    'With an address its records alone are stored, from the block on in which it was made,',
    'and at the end they are compared with what it has.',
    '```',
    '{{ binaryName }} tron:backfill --from=79000000 --to=79010000',
    '{{ binaryName }} tron:backfill TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH',
    '```',
    'Exit codes: 0 done, 1 refused or failed, 3 some blocks could not be read or records not',
    'be compared, 5 the account differs from its records, 130 cut short.',
  ]

  @args.string({ description: 'Read the history of this account', required: false })
  declare address?: string

  @flags.number({ description: 'First block; may be left out for an account' })
  declare from?: number

  @flags.number({ description: 'Last block [default: where scan:tron is]' })
  declare to?: number

  async work(signal: AbortSignal) {
    const logger = await this.app.container.make('logger')
    const options = tronTools(tronConfig, systemClock, logger)
    this.endpoints = options.nodes
    return this.address === undefined
      ? this.#stretch(options, signal)
      : this.#account(options, tronAddressOf(this.address), signal)
  }

  async #stretch(options: FollowTronOptions, signal: AbortSignal) {
    if (this.from === undefined) {
      throw new OperatorError('Say where to begin: --from=BLOCK, or name an account')
    }
    const range = this.#range(this.from, this.to ?? (await cursorOf(options)))
    await this.#read(options, backfillTron(options, range), range, signal)
  }

  /** Of the whole history it is known that there was no stake before. */
  async #account(options: FollowTronOptions, address: string, signal: AbortSignal) {
    const to = this.to ?? (await cursorOf(options))
    const beginning = await accountBeginning(options.nodes, address, to)
    const range = this.#range(this.from ?? beginning, to)
    const rest =
      this.from === undefined
        ? await restOfHistory(options, address, range)
        : { ...range, first: this.from }
    const parts = backfillAccount(options, address, rest)
    if (!(await this.#read(options, parts, rest, signal))) return

    const isWhole = rest.first <= beginning
    const check = await endAccountBackfill(options, address, rest, isWhole, signal)
    print(`${checkLines(check).join('\n')}\n`)
    this.exitCode = this.exitCode || checkExitCode(check)
  }

  #range(from: number, to: number): Range {
    if (!Number.isSafeInteger(from) || from < 1 || !(from <= to)) {
      throw new OperatorError('--from must be a block from 1 on, and not behind --to')
    }
    return { from, to }
  }

  /** Answers whether all of it was read. */
  async #read(
    options: FollowTronOptions,
    parts: AsyncIterable<BackfilledPart>,
    { from, to }: Range,
    signal: AbortSignal
  ): Promise<boolean> {
    let last = from - 1
    for await (const part of parts) {
      last = part.to
      printAside(`block ${last} of ${to}: ${inWords(part.stored)}\n`)
      if (signal.aborted) break
    }
    this.#tell(gapsInWords(await mendAmong(options, { from, to: last })), INCOMPLETE)
    if (last < to)
      this.#tell(`Stopped at block ${last} of ${to}. ${this.#howToGoOn(last)}`, CUT_SHORT)
    return last >= to
  }

  #howToGoOn(last: number): string {
    return this.address !== undefined && this.from === undefined
      ? 'The same command goes on from there.'
      : `Go on with --from=${last + 1}.`
  }

  #tell(message: string | null, exitCode: number) {
    if (message) {
      printAside(`${message}\n`)
      this.exitCode = exitCode
    }
  }
}

async function cursorOf({ nodes }: FollowTronOptions): Promise<number> {
  const cursor = await findCursor(`chain:${nodes.network.chainId}`)
  if (!cursor) {
    throw new OperatorError('Nothing was read yet: name the last block with --to')
  }
  return cursor.blockNumber
}
