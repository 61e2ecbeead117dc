import { ChatPreferenceSchema } from '#database/schema'

/** Chat apps over which people are told of things. */
export const CHAT_CHANNELS = ['wechat'] as const

export type ChatChannel = (typeof CHAT_CHANNELS)[number]

/** What a user wants to be told over a chat app, and when. A user without a row has changed nothing. */
export default class ChatPreference extends ChatPreferenceSchema {
  declare channel: ChatChannel
}
