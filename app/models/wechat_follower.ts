import { WechatFollowerSchema } from '#database/schema'

/** Who writes to the official account, by the id that this account knows the person by. */
export default class WechatFollower extends WechatFollowerSchema {
  static selfAssignPrimaryKey = true
}
