import type { Refusal, Verdict } from '#delivery/channel'
import { because } from '#models/reasons'
import type { WebhookAnswer } from '#webhooks/sending/response_handler'
import { judge } from '#webhooks/sending/verdict'

type Fields = Record<string, unknown>

/** The body of an answer as an object; anything else has no fields. */
export function fieldsOf({ head }: WebhookAnswer): Fields {
  try {
    const parsed: unknown = JSON.parse(head)
    return parsed !== null && typeof parsed === 'object' ? (parsed as Fields) : {}
  } catch {
    return {}
  }
}

/** Taken, as the platform says. */
export function accepted(answer: WebhookAnswer): Verdict {
  return { kind: 'accepted', answer }
}

/** Too fast, or too much to do there: nothing is sent for so many milliseconds; null: as pauses grow. */
export function tooFast(answer: WebhookAnswer, words: string, waitMs: number | null): Verdict {
  return { ...refused(answer, words), retryAfterMs: waitMs, isOverload: true }
}

/** The same message would be refused again, another one may be taken. */
export function unfitMessage(answer: WebhookAnswer, words: string): Verdict {
  return { ...refused(answer, words), isAboutContent: true }
}

/** Any other refusal: it is tried again, as any answer that is none. */
export function refused(answer: WebhookAnswer, words: string): Refusal {
  return {
    kind: 'failed',
    cause: because('refused', words),
    answer,
    retryAfterMs: null,
    isOverload: false,
  }
}

/** Nothing that is sent there will be taken before its owner has changed something. */
export function refusedForGood(answer: WebhookAnswer, words: string): Verdict {
  return { kind: 'gone', cause: because('refused', words), answer }
}

/** An answer without the body that the platform gives: a proxy before it, or another server. */
export function byStatus(answer: WebhookAnswer, now: number): Verdict {
  const verdict = judge(answer, now)
  return verdict.kind === 'accepted'
    ? refused(answer, 'the body is not what this platform answers')
    : verdict
}

/** What the codes of a platform mean that answers 200 to everything. */
export interface CodeMeanings {
  /** Code to how long to wait, in milliseconds. */
  tooFast: Readonly<Record<string, (now: number) => number>>
  unfit: readonly number[]
  /** Code to what its owner has to look at. */
  permanent: Readonly<Record<string, string>>
}

/** Judges by a code in the body, of which 0 is success. */
export function judgeCode(
  answer: WebhookAnswer,
  { code, message }: { code: number; message: string },
  meanings: CodeMeanings,
  now: number
): Verdict {
  if (code === 0) return accepted(answer)

  const words = [code, message].filter((part) => part !== '').join(' ')
  const wait = meanings.tooFast[code]
  if (wait) return tooFast(answer, words, wait(now))
  if (meanings.unfit.includes(code)) return unfitMessage(answer, words)
  const problem = meanings.permanent[code]
  return problem === undefined
    ? refused(answer, words)
    : refusedForGood(answer, `${problem}: ${words}`)
}

/** Milliseconds until the next full minute. */
export function untilNextMinute(now: number): number {
  return 60_000 - (now % 60_000)
}
