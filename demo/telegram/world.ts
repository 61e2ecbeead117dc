import { Waiting } from '#demo/wechat/waiting'
import { PaceRules } from '#demo/telegram/pace_rules'

export interface Person {
  id: number
  name: string
}

/** A message as people see it. */
export interface Shown {
  id: number
  from: string
  text: string
  /** As it was sent, with its tags. */
  html: string
  buttons: { text: string; url?: string; callback_data?: string }[][]
  at: number
}

export interface PlayChat {
  id: number
  title: string
  isGroup: boolean
  shown: Shown[]
  /** Why the bot may not write here, in the words of Telegram; null: it may. */
  closedFor: string | null
  /** The number of the supergroup that this group has become. */
  movedTo: number | null
  admins: Set<number>
}

/** An update as the Bot API gives it out. */
export type Update = { update_id: number } & Record<string, unknown>

const NEVER_STARTED = "Forbidden: bot can't initiate conversation with a user"

/** People, groups and one bot in Telegram, and what waits for the bot. */
export class TelegramWorld {
  readonly bot: { id: number; token: string; username: string }
  readonly chats = new Map<number, PlayChat>()
  readonly paces = new PaceRules()
  /** Refusals, in the order in which they were given. */
  readonly refusals: { code: number; description: string }[] = []
  /** What buttons have shown when they were pressed, by the query. */
  readonly answered = new Map<string, string>()
  readonly commands = new Map<string, unknown[]>()
  /** Polls that are held. */
  readonly waiting = new Waiting()
  onChange = () => {}
  readonly #now: () => number
  #updates: Update[] = []
  #number = 1000

  constructor(now: () => number, token = '7000000001:AAEplay-token-of-the-local-telegram') {
    this.#now = now
    this.bot = { id: Number(token.split(':')[0]), token, username: 'regou_play_bot' }
  }

  get now(): number {
    return this.#now()
  }

  addPerson(name: string): Person {
    const person = { id: this.#next(), name }
    this.#addChat(person.id, name, false, NEVER_STARTED)
    return person
  }

  /** A group with the bot in it, of which one person is an admin. */
  addGroup(title: string, admin: Person): PlayChat {
    return this.#addChat(-this.#next(), title, true, null, [admin.id])
  }

  /** A person writes in a chat; without one, to the bot. A person who writes has started it. */
  say(person: Person, text: string, chat: PlayChat = this.chatOf(person)) {
    if (!chat.isGroup) chat.closedFor = null
    const id = this.#next()
    chat.shown.push({ id, from: person.name, text, html: '', buttons: [], at: this.now })
    const command = /^\/\w+(@\w+)?/.exec(text)
    const entities = command && [{ type: 'bot_command', offset: 0, length: command[0].length }]
    this.#queue({
      message: {
        message_id: id,
        date: this.#seconds,
        text,
        chat: this.chatFields(chat),
        from: this.#fieldsOf(person),
        ...(entities && { entities }),
      },
    })
  }

  /** A person taps a link `t.me/<bot>?start=<code>`, or `?startgroup=` and chooses the group. */
  openLink(url: string, person: Person, group?: PlayChat) {
    const { searchParams } = new URL(url)
    const code = searchParams.get(group ? 'startgroup' : 'start')
    this.say(person, `/start${group ? `@${this.bot.username}` : ''} ${code}`, group)
  }

  /** A person presses a button. Answers the number of the query. */
  press(person: Person, chat: PlayChat, data: string): string {
    const id = String(this.#next())
    const message = { message_id: chat.shown.at(-1)?.id ?? 0, chat: this.chatFields(chat) }
    this.#queue({ callback_query: { id, from: this.#fieldsOf(person), message, data } })
    return id
  }

  /** A person blocks the bot, or a group throws it out. */
  close(chat: PlayChat, closedFor = 'Forbidden: bot was blocked by the user') {
    chat.closedFor = closedFor
    const [person] = chat.isGroup ? [...chat.admins] : [chat.id]
    this.#queue({
      my_chat_member: {
        chat: this.chatFields(chat),
        from: { id: person, is_bot: false, first_name: 'x' },
        date: this.#seconds,
        new_chat_member: { user: { id: this.bot.id, is_bot: true }, status: 'kicked' },
      },
    })
  }

  /** A group becomes a supergroup, with or without telling the bot by an update. */
  upgrade(group: PlayChat, { isTold = true } = {}): PlayChat {
    const supergroup = this.#addChat(-1_000_000_000_000 - this.#next(), group.title, true, null, [
      ...group.admins,
    ])
    group.movedTo = supergroup.id
    if (isTold) {
      const fields = { message_id: this.#next(), date: this.#seconds, chat: this.chatFields(group) }
      this.#queue({ message: { ...fields, migrate_to_chat_id: supergroup.id } })
    }
    return supergroup
  }

  chatOf(person: Person): PlayChat {
    return this.chats.get(person.id)!
  }

  /** What waits from an update on; those before it are forgotten. */
  updatesFrom(offset: number, limit: number): Update[] {
    this.#updates = this.#updates.filter(({ update_id: id }) => id >= offset)
    return this.#updates.slice(0, limit)
  }

  /** Puts a message of the bot before the people of a chat, and answers its number. */
  show(chat: PlayChat, message: Pick<Shown, 'text' | 'html' | 'buttons'>): number {
    const id = this.#next()
    chat.shown.push({ id, from: this.bot.username, at: this.now, ...message })
    this.onChange()
    return id
  }

  /** The texts that the bot has sent to a chat. */
  texts(chat: PlayChat): string[] {
    return chat.shown.filter(({ from }) => from === this.bot.username).map(({ text }) => text)
  }

  chatFields({ id, title, isGroup }: PlayChat) {
    const type = id < -1_000_000_000_000 ? 'supergroup' : 'group'
    return isGroup ? { id, type, title } : { id, type: 'private', first_name: title }
  }

  #fieldsOf({ id, name }: Person) {
    return { id, is_bot: false, first_name: name, language_code: 'en' }
  }

  #addChat(
    id: number,
    title: string,
    isGroup: boolean,
    closedFor: string | null,
    admins: number[] = []
  ): PlayChat {
    const chat = { id, title, isGroup, shown: [], closedFor, movedTo: null }
    const made: PlayChat = { ...chat, admins: new Set(admins) }
    this.chats.set(id, made)
    return made
  }

  #queue(update: Record<string, unknown>) {
    this.#updates.push({ update_id: this.#next(), ...update })
    this.waiting.tick()
    this.onChange()
  }

  #next(): number {
    return this.#number++
  }

  get #seconds(): number {
    return Math.floor(this.now / 1000)
  }
}
