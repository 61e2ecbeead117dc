import { batchMessage, message } from '#delivery/envelope'
import { compileTemplate } from '#delivery/expressions/template'
import type { Template } from '#delivery/expressions/template'
import type { DueJob } from '#delivery/queue/job'

/** The bodies of an endpoint's requests: envelopes, or what its template makes of them. */
export class Payloads {
  readonly #isBatch: boolean
  readonly #template: Template | null

  /** @throws RefusedExpression when the template cannot be used */
  constructor({ batchSize, template }: { batchSize: number; template: string | null }) {
    this.#isBatch = batchSize > 1
    this.#template = template === null ? null : compileTemplate(template)
  }

  /** Why the template makes nothing of an event; null when it does. */
  unfit(job: DueJob, now: number): string | null {
    try {
      this.#template?.(templated(job, now))
      return null
    } catch (error) {
      return (error as Error).message
    }
  }

  /**
   * JSON of one event, or of several: with a template then a list of what it makes of each.
   *
   * @param now epoch milliseconds of the attempt
   */
  body(jobs: readonly DueJob[], now: number): string {
    const fill = this.#template
    if (fill) {
      const payloads = jobs.map((job) => fill(templated(job, now)))
      return this.#isBatch ? `[${payloads.join(',')}]` : payloads[0]!
    }
    return JSON.stringify(this.#isBatch ? batchMessage(jobs, now) : message(jobs[0]!, now))
  }
}

/** What a template sees: the event as it would be sent without one, and always its id. */
function templated(job: DueJob, now: number) {
  return { id: job.eventId, ...message(job, now) }
}
