import { because } from '#models/reasons'
import { OffThread } from '#foundation/threads/off_thread'
import type { FilterCause } from '#delivery/expressions/filter'
import type { TemplateEvent } from '#delivery/expressions/template'
import type { Evaluated, Filled, Question } from '#delivery/expressions/thread'

/** An expression takes a millisecond at most (meter.ts): one that takes so long never ends. */
const DEADLINE_MS = 5000

/** What the language and a thousand expressions need is a tenth of it. */
const HEAP_MB = 96

const OVERDUE = 'it takes too long, and is not tried again'

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

const thread = new OffThread<Question, Evaluated>({
  entry: new URL(`./thread.${extension}`, import.meta.url),
  deadlineMs: DEADLINE_MS,
  heapMb: HEAP_MB,
  keyOf: ({ text }) => text,
  overdue: { ...because('filter_failed', OVERDUE), problem: OVERDUE },
})

export type FilterQuestion = Extract<Question, { kind: 'filter' }>

/**
 * What filters say of events, in the order of the questions.
 *
 * @throws TransientError when the thread cannot be started
 */
export async function evaluateFilters(
  questions: readonly FilterQuestion[]
): Promise<FilterCause[]> {
  return (await thread.ask(questions)) as FilterCause[]
}

/**
 * What a template makes of events, in their order.
 *
 * @throws TransientError when the thread cannot be started
 */
export async function fillTemplate(
  text: string,
  events: readonly TemplateEvent[]
): Promise<Filled[]> {
  const answers = await thread.ask(events.map((event) => ({ kind: 'template', text, event })))
  return answers as Filled[]
}
