import type { Clock } from '#foundation/clock'
import { harmless } from '#foundation/text/harmless'
import { redact } from '#foundation/text/redact'
import OperatorAction, { type ActionOutcome, type ActionVia } from '#models/operator_action'
import type { ActionName } from '#operator/actions'

/** What is noted of one action. */
export interface Done {
  /** A wallet, or the user of a machine. */
  actor: string
  via: ActionVia
  action: ActionName
  /** What it was about, as it was asked for. */
  asked: Record<string, unknown>
  outcome: ActionOutcome
  /** Why it was refused, or what came of it. */
  detail?: string | null
}

/** What may be shown of what was asked for: no other field, which may be a secret. */
const SHOWN = [
  ...['id', 'ids', 'user', 'payment', 'replay', 'delivery', 'address', 'label', 'name', 'action'],
  ...['for', 'plan', 'note', 'reason', 'state', 'retry', 'accept', 'acknowledge', 'since'],
  ...['job_uid', 'failed', 'history'],
]

const LONGEST = { subject: 256, actor: 128 }

/** Notes what an operator did, without secrets. */
export async function logAction({ asked, detail, ...done }: Done, clock: Pick<Clock, 'now'>) {
  const subject = SHOWN.flatMap((name) => {
    const value = asked[name]
    return value === undefined || value === null || value === '' ? [] : `${name}=${String(value)}`
  }).join(' ')
  await OperatorAction.create({
    ...done,
    actor: done.actor.slice(0, LONGEST.actor),
    subject: harmless(redact(subject)).slice(0, LONGEST.subject) || null,
    detail: detail ? harmless(redact(detail)) : null,
    createdAt: clock.now(),
  })
}

interface Choice {
  action?: string
  via?: string
  /** Only those with a smaller id. */
  before?: number
  limit: number
}

/** What was done, the newest first. */
export function listActions({ action, via, before, limit }: Choice): Promise<OperatorAction[]> {
  const query = OperatorAction.query().orderBy('id', 'desc').limit(limit)
  if (action) query.where('action', action)
  if (via) query.where('via', via)
  if (before) query.where('id', '<', before)
  return query
}
