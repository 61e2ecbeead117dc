import { PlayReceiverSchema } from '#database/schema'

/** A receiver of our own at which a user tries an endpoint. It answers every request with one status. */
export default class PlayReceiver extends PlayReceiverSchema {
  static selfAssignPrimaryKey = true
}
