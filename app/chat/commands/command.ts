import type { Clock } from '#foundation/clock'
import type User from '#models/user'
import type { MessageLimits } from '#chat/messages/fitted'
import type { Reader } from '#chat/reader'

/** The chat in which something is said, as its channel knows it. Times are epoch milliseconds. */
export interface Chat {
  /** How its jobs are marked. */
  channel: string
  /** What pushes to this user go to; null: nothing is pushed to him over this channel. */
  targetId: number | null
  /** Messages that may follow the answer before the user writes again; null: any number. */
  left: number | null
  /** When the chat closes unless the user writes; null: never. */
  openUntil: number | null
  /** The hint that plain text gets has been given since the window opened. */
  isHinted: boolean
  /** What an answer may be long there. Not set: as in WeChat. */
  limits?: MessageLimits
  /** Others read it too. */
  isGroup?: boolean
}

/**
 * What the channel has to do beside answering: `hinted`, remember that the hint was given;
 * `settings_changed`, see anew what may be sent and when.
 */
export type ChatEffect = 'hinted' | 'settings_changed'

export interface ChatAnswer {
  /** Null: there is nothing to say. */
  text: string | null
  /** Its name without the slash; null for words that are no command. */
  command: string | null
  effects: readonly ChatEffect[]
}

/** A command as it was said. */
export interface Asked {
  user: User
  /** What was said behind the command, in ASCII spaces and otherwise as it was said. */
  words: readonly string[]
  chat: Chat
  reader: Reader
  clock: Pick<Clock, 'now'>
}

/** What is answered: the text alone where nothing but that is to be done. */
export type Reply = string | { text: string; effects: readonly ChatEffect[] }

export interface Command {
  /** Without the slash. */
  name: string
  /** Other words for it, also in Chinese. */
  aliases: readonly string[]
  /** Its answer is for the user alone: it is not given where others read it. */
  isPrivate?: true
  reply: (asked: Asked) => Promise<Reply> | Reply
}

/** What a command answers that has changed a setting. */
export function changed(text: string): Reply {
  return { text, effects: ['settings_changed'] }
}
