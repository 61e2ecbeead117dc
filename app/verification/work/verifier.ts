import type { Logger } from '@adonisjs/core/logger'
import { backoff } from '#foundation/backoff'
import type { Clock } from '#foundation/clock'
import { leaseOwner } from '#foundation/db/lease_owner'
import { writeTransaction } from '#foundation/db/transaction'
import type { PackageFiles } from '#verification/evidence/package_files'
import type { SigningKey } from '#verification/evidence/signature'
import { claimJob, type ClaimedJob } from '#verification/jobs/claim_job'
import { failJob } from '#verification/jobs/end_job'
import { releaseJob } from '#verification/jobs/release_job'
import type { Failure } from '#verification/jobs/tell_result'
import type { AskVenue } from '#verification/work/gather_raw'
import { storePackage } from '#verification/work/store_package'
import { verifyOrder, type Attempt, type Compared } from '#verification/work/verify_order'

export interface VerifierOptions {
  ask: AskVenue
  files: PackageFiles
  signingKey: SigningKey | null
  clock: Clock
  logger: Pick<Logger, 'warn'>
  /** How long an attempt may take, and a job be tried again, in milliseconds. */
  timeoutMs: number
}

/** The wait before the next attempt of a job. */
const AGAIN = { firstMs: 1_000, longestMs: 60_000 }

/**
 * Works on one job at a time, from its claim to its end. Several may share the queues, in one process
 * or in many.
 */
export class Verifier {
  readonly #owner = leaseOwner()

  constructor(private readonly options: VerifierOptions) {}

  /**
   * Takes the next job and makes an attempt at it. A stop gives the job back.
   *
   * @returns false when no job is due
   */
  async workOnNext(signal: AbortSignal): Promise<boolean> {
    const { clock, timeoutMs } = this.options
    const job = await claimJob({ owner: this.#owner, timeoutMs, now: clock.now() })
    if (!job) {
      return false
    }
    const attempt = await this.#attempt(job, signal)
    if (attempt.kind === 'compared') {
      await this.#store(job, attempt.compared)
    } else if (signal.aborted) {
      await releaseJob(job, { dueAt: clock.now(), countsAsAttempt: false })
    } else if (attempt.kind === 'again' && clock.now() < job.startedAt + timeoutMs) {
      await releaseJob(job, { dueAt: clock.now() + backoff(AGAIN, job.attempts) })
    } else {
      await this.#fail(job, attempt.failure)
    }
    return true
  }

  async #attempt(job: ClaimedJob, signal: AbortSignal): Promise<Attempt> {
    const { ask, clock, timeoutMs } = this.options
    const limit = AbortSignal.timeout(timeoutMs)
    const attempt = await verifyOrder(job.orderId, {
      ask,
      now: clock.now(),
      signal: AbortSignal.any([signal, limit]),
    })
    return limit.aborted && attempt.kind !== 'compared'
      ? { kind: 'failed', failure: { code: 'verification_timeout' } }
      : attempt
  }

  async #store(job: ClaimedJob, compared: Compared) {
    try {
      const isEqual = await storePackage(job, compared, this.options)
      if (!isEqual) this.#warn(job, { code: 'hash_mismatch' })
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException
      // The folder or the disk: what else fails is the database's to say.
      if (!syscall) throw error
      await this.#fail(job, { code: 'storage_failed', detail: code })
    }
  }

  async #fail(job: ClaimedJob, failure: Failure) {
    await writeTransaction((trx) => failJob(trx, job, failure, this.options.clock.now()))
    this.#warn(job, failure)
  }

  #warn({ jobUid: job }: ClaimedJob, { code: reason, detail }: Failure) {
    this.options.logger.warn({ job, reason, detail }, 'an order is not verified')
  }
}
