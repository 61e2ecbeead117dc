import type { Members } from '#telegram/bot_api/bot_api_failure'

/** A chat as an update names it. */
export interface UpdateChat {
  /** Negative for groups. */
  id: number
  kind: 'private' | 'group'
  title: string | null
}

/**
 * What an update tells, as far as it is looked at here:
 *
 * - `said`    words in a chat. `isGroupItself`: an admin who speaks as the group. `language`: of the
 *   person's app, as accounts store it; null: not known
 * - `pressed` a button below a message of ours
 * - `closed`  the bot was blocked, or taken out of a group
 * - `moved`   a group has become a supergroup, which has another number
 */
export type UpdateContent =
  | {
      kind: 'said'
      personId: number
      text: string
      isGroupItself: boolean
      language: string | null
    }
  | { kind: 'pressed'; personId: number; queryId: string; data: string }
  | { kind: 'closed'; words: string }
  | { kind: 'moved'; toId: number }

export interface ReceivedUpdate {
  id: number
  chat: UpdateChat
  /** Null: nothing that concerns us. */
  content: UpdateContent | null
}

/** The members of a group who have left it or were thrown out. */
const AWAY = ['left', 'kicked']

/** Updates as `getUpdates` answers them. One that cannot be read is passed over, with its number. */
export function readUpdates(result: unknown): ReceivedUpdate[] {
  return Array.isArray(result) ? result.flatMap((one) => readUpdate(Object(one)) ?? []) : []
}

/** Source of all members: core.telegram.org/bots/api#update */
function readUpdate(update: Members): ReceivedUpdate | null {
  const id = Number(update.update_id)
  if (!Number.isSafeInteger(id)) {
    return null
  }
  const { message, callback_query: query, my_chat_member: change } = update
  if (message) return { id, ...inMessage(Object(message)) }
  if (query) return { id, ...inQuery(Object(query)) }
  if (change) return { id, ...inChange(Object(change)) }
  return { id, chat: NO_CHAT, content: null }
}

type Read = Omit<ReceivedUpdate, 'id'>

const NO_CHAT: UpdateChat = { id: 0, kind: 'private', title: null }

function inMessage({ chat, from, sender_chat: speaker, text, migrate_to_chat_id: toId }: Members) {
  const where = chatOf(chat)
  if (typeof toId === 'number') {
    return { chat: where, content: { kind: 'moved', toId } } satisfies Read
  }
  if (typeof text !== 'string') {
    return { chat: where, content: null }
  }
  const isGroupItself = Number(Object(speaker).id) === where.id
  const who = { personId: idOf(from), isGroupItself, language: languageOf(from) }
  return { chat: where, content: { kind: 'said', text, ...who } } satisfies Read
}

function inQuery({ id, from, message, data }: Members): Read {
  const { chat } = Object(message) as Members
  const pressed = { queryId: String(id), data: typeof data === 'string' ? data : '' }
  return { chat: chatOf(chat), content: { kind: 'pressed', personId: idOf(from), ...pressed } }
}

function inChange({ chat, new_chat_member: member }: Members): Read {
  const { status } = Object(member) as Members
  const isAway = AWAY.includes(String(status))
  const words = `the bot was ${status === 'kicked' ? 'blocked or removed' : 'taken out'}`
  return { chat: chatOf(chat), content: isAway ? { kind: 'closed', words } : null }
}

function chatOf(chat: unknown): UpdateChat {
  const { id, type, title } = Object(chat) as Members
  return {
    id: Number(id ?? 0),
    kind: type === 'private' ? 'private' : 'group',
    title: typeof title === 'string' ? title : null,
  }
}

function idOf(person: unknown): number {
  return Number((Object(person) as Members).id ?? 0)
}

function languageOf(person: unknown): string | null {
  const { language_code: code } = Object(person) as Members
  if (typeof code !== 'string') return null
  return code.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}
