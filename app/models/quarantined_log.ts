import { QuarantinedLogSchema } from '#database/schema'

/** A log that its source could not decode, kept as it came with the reason. */
export default class QuarantinedLog extends QuarantinedLogSchema {}
