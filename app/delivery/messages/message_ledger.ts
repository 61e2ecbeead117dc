/**
 * The messages of a channel on which one message tells of many jobs: each is stored before its request,
 * and `notification_jobs.message_id` says which jobs it tells of. So a process that is killed, or loses
 * its lease, between a request and its answer leaves behind what was under way.
 */
export interface MessageLedger {
  /** The channel whose jobs it tells of. */
  channel: string
  /** Has `id`, `kind` (`single`: one event alone), `attempt`, `created_at` and `result`. */
  table: 'wechat_messages' | 'telegram_messages'
  /** Whether a message may be sent once more of which it is not known whether it has arrived. */
  mayRepeat: (kind: string) => boolean
}
