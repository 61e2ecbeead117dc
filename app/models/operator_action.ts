import { OperatorActionSchema } from '#database/schema'

/** Where an action came from. */
export type ActionVia = 'page' | 'command'

/** `refused`: nothing was changed, and `detail` says why. */
export type ActionOutcome = 'done' | 'refused'

/** Something that an operator did. */
export default class OperatorAction extends OperatorActionSchema {
  declare via: ActionVia
  declare outcome: ActionOutcome
}
