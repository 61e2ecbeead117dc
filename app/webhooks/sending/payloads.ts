import { batchBody, message, messageWithId } from '#delivery/envelope'
import { compileTemplate } from '#delivery/expressions/template'
import type { Template } from '#delivery/expressions/template'
import type { PreparedRequest } from '#delivery/channel'
import type { DueJob } from '#delivery/queue/job'

/** What one request holds: as many events as may travel in it, and the JSON text of each. */
interface Filled extends Pick<PreparedRequest, 'jobs' | 'unfit' | 'left'> {
  texts: readonly string[]
}

/** The bodies of an endpoint's requests: envelopes, or what its template makes of them. */
export class Payloads {
  readonly #isBatch: boolean
  readonly #template: Template | null
  /** Texts of events that were over: a template may take long, and goes over each event once. */
  readonly #kept = new WeakMap<DueJob, string>()

  /** @throws RefusedExpression when the template cannot be used */
  constructor({ batchSize, template }: { batchSize: number; template: string | null }) {
    this.#isBatch = batchSize > 1
    this.#template = template === null ? null : compileTemplate(template)
  }

  /**
   * Takes events as long as their texts together are within `mostBytes`, and at least one.
   *
   * @param now epoch milliseconds of the attempt
   */
  fill(jobs: readonly DueJob[], now: number, mostBytes = Infinity): Filled {
    const [fitting, texts]: [DueJob[], string[]] = [[], []]
    const unfit: Filled['unfit'][number][] = []
    let bytes = 0
    for (const [index, job] of jobs.entries()) {
      const text = this.#textOf(job, now)
      if (text instanceof Error) {
        unfit.push({ job, problem: text.message })
        continue
      }
      bytes += Buffer.byteLength(text)
      if (bytes > mostBytes && fitting.length > 0) {
        this.#kept.set(job, text)
        return { jobs: fitting, texts, unfit, left: jobs.slice(index) }
      }
      fitting.push(job)
      texts.push(text)
    }
    return { jobs: fitting, texts, unfit, left: [] }
  }

  /** JSON of one event, or of several: with a template then a list of what it makes of each. */
  body(texts: readonly string[], now: number): string {
    if (!this.#isBatch) {
      return texts[0]!
    }
    return this.#template ? `[${texts.join(',')}]` : batchBody(texts, now)
  }

  /** The text of an event, or why the template makes none of it. */
  #textOf(job: DueJob, now: number): string | Error {
    try {
      return this.#kept.get(job) ?? this.#make(job, now)
    } catch (error) {
      return error as Error
    }
  }

  /** A template sees the event as it would be sent without one, and always its id. */
  #make(job: DueJob, now: number): string {
    if (this.#template) {
      return this.#template(messageWithId(job, now))
    }
    return JSON.stringify(this.#isBatch ? messageWithId(job, now) : message(job, now))
  }
}
