/**
 * What became of a fact over a channel, once nothing of it is left to send:
 *
 * - `sent`      every target that wanted it has accepted it
 * - `partial`   some have; for the others it expired
 * - `expired`   none has: it expired for all
 * - `failed`    a target will not get it: its attempts are used up, or its filter or template failed
 * - `unwanted`  no target wanted it
 */
export type FactOutcome = 'sent' | 'partial' | 'expired' | 'failed' | 'unwanted'

/** The column of facts that has it, by the column that says that those who wanted them have them. */
export const OUTCOME_COLUMNS = { webhook_sent: 'webhook_outcome' } as const

/** In which a job has nothing left to do. */
export const ENDED = ['sent', 'expired', 'failed', 'skipped']
