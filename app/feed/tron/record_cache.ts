import type { CacheService } from '@adonisjs/cache/types'
import db from '@adonisjs/lucid/services/db'
import { MOST_KEPT } from '#config/cache'
import { ownCommits } from '#foundation/db/commits'
import type { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'
import type { WatchedRedis } from '#foundation/redis/watched_redis'
import { KeptSizes } from '#feed/tron/kept_sizes'

/** How long answers are kept that no commit has made stale, in milliseconds, as the seed has it. */
export const KEPT_MS = { realtime: 300_000, summary: 1_800_000, history: 3_600_000 }

/** How long answers are kept that hold what a reorg may take back, in milliseconds. */
const UNTIL_NEXT_BLOCK_MS = 3_000

/** The same of answers that other processes keep as well: how long one may outlive a process that is killed. */
const MOST_SHARED_MS = 300_000

/** Below so many requests a rate says nothing. */
const ENOUGH_REQUESTS = 100

/** New records looked through for their accounts; where there are more, all answers are stale. */
const MOST_NEW = 1_000

/** Where an answer came from. */
export type AnswerSource = 'database' | 'cache'

interface Question {
  key: string
  /** The account that the answer is about. */
  address: string
  keptMs: number
}

const TABLES = {
  stake_records: ['owner_address'],
  delegate_records: ['owner_address', 'receiver_address'],
}

type Table = keyof typeof TABLES

/**
 * Answers about accounts of TRON, kept. A commit tells every process that there may be new records; with
 * the next question the answers about their accounts are dropped, and at once where Redis keeps them for
 * all processes. What Redis kept while this process heard nothing of it is dropped, too.
 */
export class RecordCache {
  readonly #cache: CacheService
  readonly #ending = new AbortController()
  readonly #seen = new Map<Table, number>()
  readonly #sizes = new KeptSizes(MOST_KEPT)
  readonly #isShared: boolean
  /** How often answers were dropped: one that is read meanwhile may be of before. */
  #drops = 0
  #dropping: Promise<void> | null = null
  #isUnknown = false
  #isStale = true
  #isDeaf = false
  #hits = 0
  #misses = 0

  /** @param redis where it keeps the answers as well */
  constructor(cache: CacheService, commits: SharedCommitWatcher, redis: WatchedRedis | null) {
    this.#cache = cache
    this.#isShared = redis !== null
    this.#isUnknown = this.#isShared
    redis?.onReady(() => {
      this.#isUnknown = true
      this.#isStale = true
    })
    ownCommits.on('commit', this.#hear)
    void this.#listen(commits)
  }

  /**
   * What is kept, or what `read` answers, with where it came from. What is not final changes without new
   * records, and is kept for as long as a block takes.
   */
  async get<Answer>(
    question: Question,
    read: () => Promise<Answer>,
    isFinal: (answer: Answer) => boolean = () => true
  ): Promise<{ answer: Answer; source: AnswerSource }> {
    await this.#dropStale()
    let source = 'cache' as AnswerSource
    const answer = await this.keep(
      question,
      () => {
        source = 'database'
        return read()
      },
      isFinal
    )
    if (source === 'cache') this.#hits++
    else this.#misses++
    return { answer, source }
  }

  /** The same of a part of an answer that is being read, which is no request. */
  keep<Answer>(
    { key, address, keptMs }: Question,
    read: () => Promise<Answer>,
    isFinal: (answer: Answer) => boolean = () => true
  ): Promise<Answer> {
    const ttl = this.#isShared ? Math.min(keptMs, MOST_SHARED_MS) : keptMs
    return this.#cache.getOrSet<Answer>({
      key,
      ttl,
      tags: [address],
      factory: async ({ setTtl }) => {
        const drops = this.#drops
        const fresh = await read()
        const isShort = !isFinal(fresh) || drops !== this.#drops
        if (isShort) setTtl(UNTIL_NEXT_BLOCK_MS)
        this.#sizes.note(key, address, fresh, isShort ? UNTIL_NEXT_BLOCK_MS : ttl)
        return fresh
      },
    })
  }

  /**
   * Since the process began, and what it keeps now. The rate is null before there were enough requests
   * to tell.
   */
  stats() {
    const requests = this.#hits + this.#misses
    const hitRate = requests < ENOUGH_REQUESTS ? null : this.#hits / requests
    const { count: keyCount, bytes } = this.#sizes.total()
    const memoryUsage = `${(bytes / 1024 ** 2).toFixed(1)}MB`
    return { hitRate, keyCount, memoryUsage, hits: this.#hits, misses: this.#misses }
  }

  close() {
    this.#ending.abort()
    ownCommits.off('commit', this.#hear)
  }

  readonly #hear = () => void (this.#isStale = true)

  /** Commits of other processes. Without a watcher each question looks for new records. */
  async #listen(commits: SharedCommitWatcher) {
    try {
      const news = commits.reads(async () => true, this.#ending.signal)
      for await (const isNews of news) {
        this.#isStale = isNews
        if (this.#isShared) await this.#dropAtOnce()
      }
    } catch {
      this.#isDeaf = true
    }
  }

  /** What goes wrong is tried again with the next question, which tells of it. */
  async #dropAtOnce() {
    // One that was under way may have begun before the news.
    await this.#dropping?.catch(() => {})
    await this.#dropStale().catch(() => {})
  }

  /**
   * Whoever asks while this is under way waits for its end: what is kept before it is known which records
   * are new would never be dropped.
   */
  #dropStale(): Promise<void> {
    if (this.#dropping) return this.#dropping
    if (!this.#isStale && !this.#isDeaf) return Promise.resolve()

    this.#isStale = false
    this.#dropping = this.#drop().finally(() => (this.#dropping = null))
    return this.#dropping
  }

  async #drop() {
    try {
      if (this.#isUnknown) await this.#dropAll()
      this.#isUnknown = false
      for (const table of Object.keys(TABLES) as Table[]) await this.#dropChanged(table)
    } catch (error) {
      this.#isStale = true
      throw error
    }
  }

  async #dropChanged(table: Table) {
    const seen = this.#seen.get(table)
    const columns = TABLES[table]
    const rows =
      seen === undefined
        ? await db.from(table).max('id as id')
        : await db
            .from(table)
            .where('id', '>', seen)
            .orderBy('id')
            .limit(MOST_NEW)
            .select('id', ...columns)
    if (rows.length === 0) {
      return
    }
    this.#seen.set(table, Number(rows.at(-1).id ?? 0))
    if (seen === undefined) {
      return
    }
    if (rows.length === MOST_NEW) {
      const [{ id }] = await db.from(table).max('id as id')
      this.#seen.set(table, Number(id))
      return this.#dropAll()
    }
    const addresses = new Set(rows.flatMap((row) => columns.map((column) => row[column])))
    this.#drops++
    this.#sizes.forget(addresses)
    await this.#cache.deleteByTag({ tags: [...addresses] })
  }

  async #dropAll() {
    this.#drops++
    this.#sizes.clear()
    await this.#cache.clear()
  }
}
