import { readXml } from '#wechat/official_account/xml'

/** What a follower did, as far as it matters here. */
export interface Received {
  /** The official account's own id. */
  to: string
  /** The follower's id at this account. */
  openId: string
  /** The same when WeChat delivers it again. */
  key: string
  /** What was typed, or the transcript of what was said; null: something else was sent. */
  said: string | null
  event: 'subscribe' | 'unsubscribe' | null
}

/**
 * Reads a message or event. Ids stay text: they are larger than a number holds.
 *
 * @throws Refusal when it is none
 */
export function readMessage(xml: string): Received | null {
  const fields = readXml(xml)
  const {
    ToUserName: to,
    FromUserName: openId,
    CreateTime: time,
    MsgType: type,
    MsgId: id,
  } = fields
  if (!to || !openId || !type || openId.length > 64) {
    return null
  }
  const event = type === 'event' ? (fields.Event ?? '').toLowerCase() : null
  return {
    to,
    openId,
    // Events have no id of their own.
    key: id ?? `${openId} ${time} ${event}`,
    said: type === 'text' ? (fields.Content ?? null) : (fields.Recognition ?? null),
    event: event === 'subscribe' || event === 'unsubscribe' ? event : null,
  }
}
