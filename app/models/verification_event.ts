import { VerificationEventSchema } from '#database/schema'

/** How a verification ended, as a fact that the owner of the order is sent. */
export default class VerificationEvent extends VerificationEventSchema {
  declare result: 'succeeded' | 'failed'
}
