import { flags } from '@adonisjs/core/ace'
import tronConfig from '#config/tron'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'
import { gapsInWords } from '#collectors/evm/retry_gaps'
import { findCursor } from '#collectors/store/cursor'
import { backfillTron } from '#collectors/tron/backfill_tron'
import { inWords, type FollowTronOptions } from '#collectors/tron/follow_tron'
import { mendAmong } from '#collectors/tron/tron_gaps'
import { tronTools } from '#collectors/tron/tron_tools'

/** Exit codes: blocks could not be read or proven; a person cut the work short (128 + SIGINT). */
const INCOMPLETE = 3
const CUT_SHORT = 130

export default class TronBackfill extends LongRunningCommand {
  static commandName = 'tron:backfill'
  static description = 'Read a stretch of the history of TRON'
  static help = [
    'Reads and proves blocks beside whatever follows the head, for the accounts that are',
    'watched. Blocks that were read before stay as they are, so that it may be begun anew',
    'at the block where it was cut short.',
    '```',
    '{{ binaryName }} tron:backfill --from=79000000 --to=79010000',
    '```',
    'Exit codes: 0 done, 1 refused or failed, 3 some blocks could not be read, 130 cut short.',
  ]

  @flags.number({ description: 'First block', required: true })
  declare from: number

  @flags.number({ description: 'Last block [default: where scan:tron is]' })
  declare to?: number

  async work(signal: AbortSignal) {
    const logger = await this.app.container.make('logger')
    const options = tronTools(tronConfig, systemClock, logger)
    const range = { from: this.from, to: this.to ?? (await cursorOf(options)) }
    if (!Number.isSafeInteger(range.from) || range.from < 1 || !(range.from <= range.to)) {
      throw new OperatorError('--from must be a block from 1 on, and not behind --to')
    }
    const last = await this.#read(options, range, signal)
    this.#tell(gapsInWords(await mendAmong(options, { from: range.from, to: last })), INCOMPLETE)
    const rest = `Stopped at block ${last} of ${range.to}. Go on with --from=${last + 1}.`
    this.#tell(last < range.to ? rest : null, CUT_SHORT)
  }

  async #read(
    options: FollowTronOptions,
    range: { from: number; to: number },
    signal: AbortSignal
  ): Promise<number> {
    let last = range.from - 1
    for await (const { to, stored } of backfillTron(options, range)) {
      last = to
      this.logger.info(`block ${to} of ${range.to}: ${inWords(stored)}`)
      if (signal.aborted) break
    }
    return last
  }

  #tell(message: string | null, exitCode: number) {
    if (message) {
      process.stderr.write(`${message}\n`)
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
