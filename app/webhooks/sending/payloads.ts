import { batchBody, message, messageWithId } from '#delivery/envelope'
import { checkTemplate } from '#delivery/expressions/checked'
import { fillTemplate } from '#delivery/expressions/evaluate'
import type { PreparedRequest } from '#delivery/channel'
import type { DueJob } from '#delivery/queue/job'

/** What one request holds: as many events as fit into it, and the JSON text of each. */
export interface Filled extends Pick<PreparedRequest, 'jobs' | 'unfit' | 'left'> {
  texts: readonly string[]
}

/** The text of an event, or why the template makes none of it. */
type Text = { payload: string } | { problem: string }

/** The bodies of an endpoint's requests: envelopes, or what its template makes of them. */
export class Payloads {
  readonly #isBatch: boolean
  readonly #template: string | null
  /** Texts of events that were over: a template may take long, and goes over each event once. */
  readonly #kept = new WeakMap<DueJob, Text>()

  /** @throws RefusedExpression when the template cannot be used */
  constructor({ batchSize, template }: { batchSize: number; template: string | null }) {
    if (template !== null) checkTemplate(template)
    this.#isBatch = batchSize > 1
    this.#template = template
  }

  /**
   * Takes events as long as their texts together are within `mostBytes`, and at least one. A template
   * is filled in a thread: then it takes a moment.
   *
   * @param now epoch milliseconds of the attempt
   * @throws TransientError when the thread cannot be started
   */
  fill(jobs: readonly DueJob[], now: number, mostBytes = Infinity): Filled | Promise<Filled> {
    return this.#template === null
      ? this.#fit(jobs, (job) => ({ payload: this.#envelope(job, now) }), mostBytes)
      : this.#fillTemplate(this.#template, jobs, { now, mostBytes })
  }

  /** JSON of one event, or of several: with a template then a list of what it makes of each. */
  body(texts: readonly string[], now: number): string {
    if (!this.#isBatch) {
      return texts[0]!
    }
    return this.#template === null ? batchBody(texts, now) : `[${texts.join(',')}]`
  }

  /** A template sees the event as it would be sent without one, and always its id. */
  async #fillTemplate(
    template: string,
    jobs: readonly DueJob[],
    { now, mostBytes }: { now: number; mostBytes: number }
  ): Promise<Filled> {
    const fresh = jobs.filter((job) => !this.#kept.has(job))
    const events = fresh.map((job) => messageWithId(job, now))
    const made = await fillTemplate(template, events)
    const texts = new Map(fresh.map((job, index) => [job, made[index]!]))
    return this.#fit(jobs, (job) => this.#kept.get(job) ?? texts.get(job)!, mostBytes)
  }

  #fit(jobs: readonly DueJob[], textOf: (job: DueJob) => Text, mostBytes: number): Filled {
    const [fitting, texts]: [DueJob[], string[]] = [[], []]
    const unfit: Filled['unfit'][number][] = []
    let bytes = 0
    for (const [index, job] of jobs.entries()) {
      const text = textOf(job)
      if ('problem' in text) {
        unfit.push({ job, problem: text.problem })
        continue
      }
      bytes += Buffer.byteLength(text.payload)
      if (bytes > mostBytes && fitting.length > 0) {
        const left = jobs.slice(index)
        if (this.#template !== null) left.forEach((one) => this.#kept.set(one, textOf(one)))
        return { jobs: fitting, texts, unfit, left }
      }
      fitting.push(job)
      texts.push(text.payload)
    }
    return { jobs: fitting, texts, unfit, left: [] }
  }

  #envelope(job: DueJob, now: number): string {
    return JSON.stringify(this.#isBatch ? messageWithId(job, now) : message(job, now))
  }
}
