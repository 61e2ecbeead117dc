import { ChatPreferenceSchema } from '#database/schema'

/** What a user wants to be told in chats, and when. A user without a row has changed nothing. */
export default class ChatPreference extends ChatPreferenceSchema {}
