import { outlastFaults } from '#foundation/db/outlast_faults'
import { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'
import { inRound } from '#foundation/rounds'
import type { Logger } from '@adonisjs/core/logger'
import { releaseLeftBehind } from '#verification/jobs/release_job'
import { Verifier, type VerifierOptions } from '#verification/work/verifier'

interface Working extends VerifierOptions {
  logger: Logger
  /** Jobs that are worked on at once. */
  concurrency: number
}

/**
 * Works on the queues until the signal aborts: at once when something was stored, and every second. What
 * a process that was killed had claimed is released first.
 */
export async function verifyOrders(
  { concurrency, ...options }: Working,
  signal: AbortSignal
): Promise<void> {
  const commits = new SharedCommitWatcher()
  const work = async () => {
    const verifier = new Verifier(options)
    const untilEmpty = async () => {
      let jobs = 0
      while (!signal.aborted && (await inRound(() => verifier.workOnNext(signal)))) jobs++
      return jobs
    }
    for await (const jobs of commits.reads(untilEmpty, signal)) {
      if (jobs > 0) options.logger.debug(`worked on ${jobs} verifications`)
    }
  }
  signal.addEventListener('abort', () => void commits.close(), { once: true })
  const release = async () => void (await releaseLeftBehind(options.clock.now()))
  await outlastFaults(release, options, signal)
  const workers = Array.from({ length: concurrency }, () => outlastFaults(work, options, signal))
  await Promise.all(workers)
}
