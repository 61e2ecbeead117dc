import { SourcePollSchema } from '#database/schema'

/**
 * How far a source that is polled has come, and how often it may have lost something. Times are
 * epoch milliseconds; what happened before `fromTime` is passed over.
 */
export default class SourcePoll extends SourcePollSchema {
  static selfAssignPrimaryKey = true
}
