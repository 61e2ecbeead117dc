import { AuditEventSchema } from '#database/schema'

/**
 * Who changes an order: the `venue` says something, the `clock` runs out, its `user` by the API or a page, the
 * signed `hook`, an `operator` by a command, the `verifier`.
 */
export type AuditActor = 'venue' | 'clock' | 'user' | 'hook' | 'operator' | 'verifier'

/** A change of an order or of its verification, chained to the one before. */
export default class AuditEvent extends AuditEventSchema {
  declare actor: AuditActor
}
