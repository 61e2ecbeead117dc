import type { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { OperatorError } from '#foundation/errors'
import { Lease, LeaseLostError } from '#foundation/db/lease'
import { outlastFaults } from '#foundation/db/outlast_faults'
import { TablePruner, type Expiries } from '#foundation/db/retention'
import { writeTransaction } from '#foundation/db/transaction'
import { every } from '#foundation/every'
import { workOrStandBy } from '#foundation/standby'
import { inRound } from '#foundation/rounds'
import OkxAccount from '#models/okx_account'
import { ConnectionLog } from '#collectors/okx/connection_log'
import { AccountFollower } from '#collectors/okx/follow_account'
import type { FollowParts } from '#collectors/okx/follow_parts'
import { Ingest } from '#collectors/okx/ingest/ingest'
import { Instruments } from '#collectors/okx/ingest/instruments'
import type { OkxVenues } from '#collectors/okx/okx_venues'
import { ConnectPace, type Connect } from '#collectors/okx/stream/connect'

/** How often old rows are looked for, in milliseconds. */
const PRUNE_MS = 3_600_000

interface ScanOptions {
  venues: OkxVenues
  connect: Connect
  logger: Logger
  random?: () => number
  /** How long what is noted beside the facts is kept. */
  records?: Expiries
  /** The time between two looks at which accounts are to be followed, in milliseconds. */
  roundMs?: number
}

/**
 * Follows every account at OKX that is active, one process at a time, until the signal aborts: the
 * others stand by. Accounts that are added, changed or removed are followed, or not any more, within a
 * second.
 */
export async function scanOkx(options: ScanOptions, signal: AbortSignal) {
  const { venues, logger } = options
  const { clock } = venues
  const lease = new Lease('okx')
  const log = new ConnectionLog(logger)
  const standby = { lease, clock, onStandby: () => log.standingBy() }
  const work = () => workOrStandBy(standby, () => follow(options, lease, log, signal), signal)
  await outlastFaults(work, { clock, logger }, signal)
}

/** Until the signal aborts or another process has the lease. */
async function follow(
  { venues, connect, random = Math.random, records = {}, roundMs = 1000 }: ScanOptions,
  lease: Lease,
  log: ConnectionLog,
  signal: AbortSignal
) {
  const { clock } = venues
  const lost = new AbortController()
  const within = AbortSignal.any([signal, lost.signal])
  const onFault = (error: Error) => log.fault(error)
  const ingest = new Ingest({ lease, instruments: new Instruments(), clock, onFault })
  const pace = new ConnectPace(clock)
  const followed = new FollowedAccounts({ venues, ingest, connect, pace, log, random }, within)
  const pruner = new TablePruner(records, clock)
  const prune = () => pruner.prune(within)
  const pruning = every(PRUNE_MS, prune, { clock, signal: within, onError: onFault })
  try {
    while (!within.aborted) {
      await inRound(async () => {
        await writeTransaction((trx) => lease.hold(trx, clock.now()))
        await followed.round()
      })
      await clock.sleep(roundMs, within)
    }
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error
  } finally {
    lost.abort()
    await followed.ended()
    await ingest.settled()
    await pruning
  }
}

interface Running {
  /** What it was begun with: another key or region begins it anew. */
  by: string
  stop: AbortController
  done: Promise<void>
}

/** One follower for each account that is active. */
class FollowedAccounts {
  readonly #parts: FollowParts
  readonly #signal: AbortSignal
  readonly #running = new Map<number, Running>()
  /** Accounts whose key cannot be opened, said once. */
  readonly #sealed = new Set<number>()

  constructor(parts: FollowParts, signal: AbortSignal) {
    this.#parts = parts
    this.#signal = signal
  }

  async round() {
    // As they are sealed: to open the keys of all accounts each second would cost more than the rest.
    const rows = await db
      .from('okx_accounts')
      .where('status', 'active')
      .orderBy('id')
      .select('id', 'region', 'environment', 'api_key', 'secret_key', 'passphrase')
    const active = new Map(rows.map(({ id, ...by }) => [Number(id), JSON.stringify(by)]))
    for (const [id, running] of this.#running) {
      if (active.get(id) !== running.by) {
        running.stop.abort()
        await running.done
      }
    }
    for (const [id, by] of active) {
      if (!this.#running.has(id)) await this.#start(id, by)
    }
  }

  async ended() {
    await Promise.all([...this.#running.values()].map(({ done }) => done))
  }

  async #start(id: number, by: string) {
    const stop = new AbortController()
    const signal = AbortSignal.any([this.#signal, stop.signal])
    const account = await this.#read(id)
    if (account) {
      const done = new AccountFollower(this.#parts, account)
        .run(signal)
        .catch((error: Error) => this.#parts.log.fault(error))
        // The next round begins anew.
        .finally(() => this.#running.delete(id))
      this.#running.set(id, { by, stop, done })
    }
  }

  /** Null for one whose key cannot be opened: the others are followed all the same. */
  async #read(id: number): Promise<OkxAccount | null> {
    try {
      return await OkxAccount.find(id)
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error
      if (!this.#sealed.has(id)) this.#parts.log.fault(error)
      this.#sealed.add(id)
      return null
    }
  }
}
