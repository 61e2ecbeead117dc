import { flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import retentionConfig from '#config/retention'
import marketConfig from '#config/market'
import scannerConfig from '#config/scanner'
import activeSources from '#start/sources'
import { systemClock } from '#foundation/clock'
import { outlastFaults } from '#foundation/db/outlast_faults'
import { keepInMemory } from '#foundation/db/tune_sqlite'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'
import { ProgressPrinter } from '#foundation/cli/progress'
import { CoinPriceReader } from '#collectors/evm/coin_price'
import { Audit } from '#collectors/evm/audit'
import { waitInWords, type OnWait } from '#collectors/evm/audit_patience'
import type { AuditResult } from '#collectors/evm/audit_result'
import { Backfill } from '#collectors/evm/backfill'
import type { BackfillProgress } from '#collectors/evm/backfill_progress'
import { chooseSources, finalizedRange } from '#collectors/evm/backfill_request'
import { withEndpoints } from '#foundation/rpc/with_endpoints'
import { GraduationPoolLookUp } from '#collectors/evm/graduation_pools'
import { Maintenance, type MaintenanceOptions } from '#collectors/evm/maintenance'
import { followEvmChain, type FollowEvmOptions } from '#collectors/evm/follow_evm_chain'
import { gapsInWords, retryGaps } from '#collectors/evm/retry_gaps'
import { blocksOf } from '#collectors/store/gaps'
import { TokenDetailsLookUp } from '#collectors/evm/token_details'
import { findCursor } from '#collectors/store/cursor'
import { openGaps } from '#collectors/store/gaps'
import { MarketKeeper } from '#market/keep_markets'
import { auditExitCode, auditLines, auditProof } from '#views/audit_proof'
import { printJson } from '#foundation/cli/print_list'

type ScanOptions = MaintenanceOptions & FollowEvmOptions

/** Exit codes: blocks could not be read; a person cut the work short (128 + SIGINT). */
const INCOMPLETE = 3
const CUT_SHORT = 130

export default class ScanChain extends LongRunningCommand {
  static commandName = 'scan:chain'
  static description = 'Read the chain and store launches, pools and trades'
  static help = [
    'Follows the chain of BSC_RPC_URL from where it stopped, until it is told to',
    'stop. With --from it reads a stretch of history beside whatever follows the',
    'head, and ends.',
    '```',
    '{{ binaryName }} scan:chain',
    '{{ binaryName }} scan:chain --once',
    '{{ binaryName }} scan:chain --from=70000000 --to=70100000 --source=four',
    '{{ binaryName }} scan:chain --from=70000000 --dry-run --json',
    '{{ binaryName }} scan:chain --from=70000000 --to=70100000 --again --audit',
    '```',
    'Exit codes: 0 done, 1 refused or failed, 3 some blocks could not be read or',
    'checked, 130 cut short; with --audit also those of scan:audit: 4, 5.',
  ]

  @flags.number({ description: 'First block of a backfill' })
  declare from?: number

  @flags.number({ description: 'Last block of a backfill [default: the finalized block]' })
  declare to?: number

  @flags.array({ description: 'Read only this source in a backfill; may be repeated' })
  declare source?: string[]

  @flags.boolean({ description: 'Read up to the head once and end' })
  declare once?: boolean

  @flags.boolean({ description: 'In a backfill: read and count, store nothing' })
  declare dryRun?: boolean

  @flags.boolean({ description: 'In a backfill: read anew what was read before' })
  declare again?: boolean

  @flags.boolean({
    description: 'After a backfill: read its blocks again and prove that none is missing',
  })
  declare audit?: boolean

  @flags.boolean({ description: 'In a backfill: print the result as JSON on stdout' })
  declare json?: boolean

  /** A backfill has its own cursor and ends by itself. */
  protected get beatsAs() {
    if (this.from !== undefined) return null
    return this.once ? 'scan:chain --once' : 'scan:chain'
  }

  async work(signal: AbortSignal) {
    const { from } = this
    if (from === undefined) {
      this.#refuseFlagsOfBackfills()
    } else if (this.dryRun && this.audit) {
      throw new OperatorError('--dry-run stores nothing that --audit could check: leave one out')
    }
    await keepInMemory()
    await withEndpoints(scannerConfig, systemClock, async (endpoints) => {
      const logger = await this.app.container.make('logger')
      const options = {
        ...scannerConfig,
        records: retentionConfig.scanning,
        endpoints,
        sources: activeSources(),
        clock: systemClock,
        logger,
      }
      this.endpoints = endpoints
      if (from !== undefined) return this.#backfill(options, from, signal)
      return this.once ? this.#once(options, signal) : this.#follow(options, signal)
    })
  }

  #refuseFlagsOfBackfills() {
    const { to, source, dryRun, again, audit, json } = this
    if (to !== undefined || source || dryRun || again || audit || json) {
      throw new OperatorError(
        '--to, --source, --dry-run, --again, --audit and --json belong to a backfill: add --from'
      )
    }
  }

  async #follow(options: ScanOptions, signal: AbortSignal) {
    const follower = followEvmChain(options)
    const lookUps = [new TokenDetailsLookUp(options), new GraduationPoolLookUp(options)]
    const { pricePair: pair } = marketConfig
    const beside = [
      new Maintenance(options),
      new MarketKeeper(options),
      ...(pair ? [new CoinPriceReader({ ...options, pair })] : []),
    ]
    const loops = [
      () => follower.run(signal),
      ...lookUps.map((lookUp) => () => lookUp.run(signal)),
      ...beside.map((work) => () => work.run(signal, () => follower.isActive)),
    ]
    await Promise.all(loops.map((loop) => outlastFaults(loop, options, signal)))
  }

  async #once(options: ScanOptions, signal: AbortSignal) {
    const { chainId } = options
    const position = async () => {
      const cursor = await findCursor(`chain:${chainId}`)
      return cursor?.blockNumber ?? -1
    }
    const before = await position()
    await outlastFaults(() => followEvmChain(options).once(signal), options, signal)
    await new Maintenance(options).tidy(signal)
    await retryGaps(options, { from: before + 1, to: await position() }, signal)
    await new MarketKeeper(options).keepAll(signal)
    this.#tell(gapsInWords(await openGaps(chainId)), INCOMPLETE)
  }

  async #backfill(options: ScanOptions, from: number, signal: AbortSignal) {
    const range = await finalizedRange(options.endpoints, from, this.to)
    const sources = chooseSources(options.sources, this.source)
    const backfill = new Backfill({
      ...options,
      ...range,
      sources,
      isOpenEnded: this.to === undefined,
      isDryRun: this.dryRun ?? false,
      again: this.again,
    })
    const printer = new ProgressPrinter(systemClock)
    await outlastFaults(() => this.#show(backfill, printer, signal), options, signal)

    const { progress } = backfill
    const read = { from, to: progress.block }
    const gaps = this.dryRun
      ? progress.gaps
      : await retryGaps(options, read, signal, (stored) => backfill.progress.count(stored))
    if (!progress.wasDone) {
      printer.finish(backfill.describe(progress))
    }
    const isProofWanted = this.audit && progress.block === progress.to && !signal.aborted
    const proof = isProofWanted
      ? await new Audit({ ...options, sources, onWait }).run(from, progress.to, signal)
      : null

    this.#print(progress, blocksOf(gaps), proof)
    this.#tell(gapsInWords(gaps), INCOMPLETE)
    this.exitCode = (proof && auditExitCode(proof)) || this.exitCode
    this.#tell(cutShort(progress), CUT_SHORT)
  }

  async #show(backfill: Backfill, printer: ProgressPrinter, signal: AbortSignal) {
    for await (const progress of backfill.run(signal)) {
      printer.show(backfill.describe(progress))
    }
    if (backfill.progress.wasDone) {
      this.#tell('All of these blocks were read before. Read them anew with --again.', 0)
    }
  }

  #print(progress: BackfillProgress, unreadable: number, proof: AuditResult | null) {
    const { from, to, block, stored, wasDone } = progress
    if (this.json) {
      const audit = proof && { audit: auditProof(proof) }
      const result = { from, to, block, ...stored, unreadable, wasDone, ...audit }
      printJson(result)
    } else if (proof) {
      print(`${auditLines(proof).join('\n')}\n`)
    }
  }

  /** Says what is not as it should be, if anything is, and leaves an exit code. */
  #tell(message: string | null, exitCode: number) {
    if (message) {
      printAside(`${message}\n`)
      this.exitCode = exitCode
    }
  }
}

const onWait: OnWait = (...wait) => printAside(`${waitInWords(...wait)}\n`)

function cutShort({ block, to }: BackfillProgress): string | null {
  return block < to
    ? `Stopped at block ${block} of ${to}. The same command without --again goes on from there.`
    : null
}
