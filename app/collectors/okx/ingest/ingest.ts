import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { isDatabaseFault, isRefusedRow } from '#foundation/db/database_fault'
import { MOST_REFUSED } from '#foundation/db/insert_accepted'
import { LeaseLostError, type Lease } from '#foundation/db/lease'
import { writeTransaction } from '#foundation/db/transaction'
import { OkxFailure } from '#collectors/okx/okx_failure'
import { halvesOf } from '#collectors/okx/ingest/halves'
import { heardOf, type Heard } from '#collectors/okx/ingest/heard'
import type { Instruments } from '#collectors/okx/ingest/instruments'
import { storeAlgoOrders } from '#collectors/okx/ingest/store_algo_orders'
import { storeBalances } from '#collectors/okx/ingest/store_balances'
import { storeBills } from '#collectors/okx/ingest/store_bills'
import { storeFills } from '#collectors/okx/ingest/store_fills'
import { storeOrders } from '#collectors/okx/ingest/store_orders'
import { storePositions } from '#collectors/okx/ingest/store_positions'
import { storeUnknowns } from '#collectors/okx/ingest/store_unknowns'

/** So many messages go into one transaction at most. */
const MOST_AT_ONCE = 200

/** So many messages of the streams wait to be stored at most. */
const MOST_WAITING = 10_000

/** The wait before a database that could not be used is tried again, in milliseconds. */
const PAUSE_AFTER_FAULT_MS = 1000

const REFUSED = 'refused by the database'

interface IngestParts {
  /** Confirmed with every write; not given: a command writes beside scan:okx. */
  lease?: Lease
  instruments: Instruments
  clock: Clock
  onFault: (error: Error) => void
  /** Stands in for the usual number, as in tests. */
  mostWaiting?: number
}

interface Waiting {
  heard: Heard
  stored: () => void
  failed: (error: Error) => void
}

/**
 * The one way in for everything that OKX says, by push or by list: told twice, or in another order, it
 * is stored once. What all accounts say while a transaction is under way is stored by the next one
 * together, so that hundreds of messages a second make few commits.
 */
export class Ingest {
  readonly #parts: IngestParts
  #waiting: Waiting[] = []
  #working: Promise<void> | null = null

  constructor(parts: IngestParts) {
    this.#parts = parts
  }

  get instruments(): Instruments {
    return this.#parts.instruments
  }

  /**
   * Resolves when what was heard is stored. A database that cannot be used is waited for.
   *
   * @throws LeaseLostError when another process has taken over
   * @throws OkxFailure where more arrives than can be stored: a recovery reads what is dropped
   */
  tell(heard: Heard): Promise<void> {
    const { mostWaiting = MOST_WAITING } = this.#parts
    // Lists wait for each page by themselves; a stream cannot be told to wait.
    if (heard.origin === 'push' && this.#waiting.length >= mostWaiting) {
      return Promise.reject(new OkxFailure('overrun', `${mostWaiting} messages wait to be stored`))
    }
    return new Promise((stored, failed) => {
      this.#waiting.push({ heard, stored, failed })
      this.#working ??= this.#work()
    })
  }

  /** Resolves when everything that was told is stored. */
  async settled() {
    while (this.#working) await this.#working
  }

  async #work() {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE)
      try {
        await this.#storeAll(batch.map(({ heard }) => heard))
        batch.forEach(({ stored }) => stored())
      } catch (error) {
        batch.forEach(({ failed }) => failed(error as Error))
      }
    }
    this.#working = null
  }

  /** @param refused how many rows of the batch the database has refused so far */
  async #storeAll(heard: readonly Heard[], refused = { rows: 0 }): Promise<void> {
    for (;;) {
      try {
        return await writeTransaction((trx) => this.#store(trx, heard))
      } catch (error) {
        if (isRefusedRow(error)) return this.#storeAccepted(heard, error as Error, refused)
        if (!isDatabaseFault(error) || error instanceof LeaseLostError) throw error
        this.#parts.onFault(error)
        await this.#parts.clock.sleep(PAUSE_AFTER_FAULT_MS)
      }
    }
  }

  /**
   * The database refuses a row for what it holds: what was heard is halved until that one is found. It
   * is kept as it came, and all others are stored.
   *
   * @throws what the database says, when it refuses too many of them: the fault is not theirs
   */
  async #storeAccepted(heard: readonly Heard[], error: Error, refused: { rows: number }) {
    const halves = halvesOf(heard)
    if (halves) {
      for (const half of halves) await this.#storeAll(half, refused)
      return
    }
    if (refused.rows >= MOST_REFUSED) throw error
    refused.rows++
    this.#parts.onFault(error)
    const { account, origin, receivedAt, ...told } = heard[0]!
    if (told.unknowns.some(({ kind }) => kind === REFUSED)) return
    // Characters that no database stores are among what it may have been refused for.
    const raw = JSON.stringify(told).replaceAll(String.raw`\u0000`, '')
    const unknowns = [{ kind: REFUSED, value: error.name, raw }]
    await this.#storeAll([heardOf(account, origin, receivedAt, { unknowns })], refused)
  }

  async #store(trx: TransactionClientContract, heard: readonly Heard[]) {
    const { lease, instruments, clock } = this.#parts
    const now = clock.now()
    await lease?.hold(trx, now)
    await storeOrders(trx, heard, now)
    await storeAlgoOrders(trx, heard, now)
    await storeFills(trx, heard, instruments, now)
    await storePositions(trx, heard, instruments, now)
    await storeBalances(trx, heard, now)
    await storeBills(trx, heard, now)
    await storeUnknowns(trx, heard, now)
    await notePushes(trx, heard)
  }
}

/** When each account was heard of last, by push. */
async function notePushes(trx: TransactionClientContract, heard: readonly Heard[]) {
  const latest = new Map<number, number>()
  for (const { account, origin, receivedAt } of heard) {
    if (origin === 'push') latest.set(account.id, receivedAt)
  }
  for (const [id, at] of latest) {
    await trx.from('okx_accounts').where('id', id).update({ last_push_at: at })
  }
}
