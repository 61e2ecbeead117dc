import type { Random } from '#demo/market/random'
import { DEFAULT_KNOBS, type Knobs } from '#demo/wechat/knobs'
import { PlayBot, type WireMessage } from '#demo/wechat/play_bot'
import type { PlayClock } from '#demo/wechat/play_clock'
import { PlayLogin } from '#demo/wechat/play_login'
import { openWindow, type Refusal } from '#demo/wechat/send_rules'

/** A line of a chat as the phone shows it. */
export interface ShownMessage {
  at: number
  by: 'person' | 'bot'
  kind: 'text' | 'voice' | 'image'
  text: string
}

/** Someone with a phone. One bot at most is theirs at a time; earlier ones die. */
export interface Person {
  id: string
  name: string
  bot: PlayBot | null
  shown: ShownMessage[]
}

/** A request to send a message, and what came of it. */
export interface SendAttempt {
  at: number
  botId: string
  personId: string
  text: string
  clientId: string
  /** Accepted messages since the person wrote, before this one. */
  count: number
  /** `swallowed`: accepted, and never shown. */
  outcome: 'accepted' | 'swallowed' | 'refused'
  why: Refusal | 'metadata' | 'no_context' | 'not_started' | 'knob' | null
}

/** Something said by a person. */
export interface Said {
  text?: string
  kind?: ShownMessage['kind']
  groupId?: string
}

/** Numbers of JavaScript are exact up to here. */
const FIRST_ID = 2n ** 53n

/** Everything behind the play server: people, their bots, codes to scan, and what was sent. */
export class World {
  readonly knobs: Knobs = structuredClone(DEFAULT_KNOBS)
  readonly people = new Map<string, Person>()
  readonly logins = new Map<string, PlayLogin>()
  readonly bots = new Map<string, PlayBot>()
  readonly attempts: SendAttempt[] = []
  /** Is called after everything that a page could show differently. */
  onChange: () => void = () => {}
  /** Is called when the clock was set forward by so many milliseconds: others may have to follow. */
  onAdvance: (ms: number) => void = () => {}
  readonly clock: PlayClock
  readonly #random: Random
  #ids = 0n

  constructor(clock: PlayClock, random: Random) {
    this.clock = clock
    this.#random = random
  }

  addPerson(name: string): Person {
    const id = `o9cq80${this.#letters(22)}@im.wechat`
    const person: Person = { id, name, bot: null, shown: [] }
    this.people.set(id, person)
    this.onChange()
    return person
  }

  addLogin(knownTokens: readonly string[], contentOf: (key: string) => string): PlayLogin {
    const key = this.#letters(32)
    const { knobs, clock } = this
    const digits = String(100_000 + Math.floor(this.#random.next() * 900_000))
    const content = contentOf(key)
    const login = new PlayLogin({ key, content, knownTokens, digits, knobs, clock })
    this.logins.set(key, login)
    this.onChange()
    return login
  }

  /** The person agrees on the phone, after a scan and, where they were asked for, the digits. */
  confirm(login: PlayLogin) {
    const person = login.mayConfirm ? this.people.get(login.personId!) : undefined
    if (!person) {
      return
    }
    const { bot } = person
    if (bot && !bot.isDead && login.knownTokens.includes(bot.token)) {
      login.findBound()
    } else {
      login.confirm(this.bind(person))
    }
    this.onChange()
  }

  /** A new bot for the person, on whichever page it was made; an earlier one dies. */
  bind(person: Person): PlayBot {
    const { knobs, clock } = this
    person.bot?.die(knobs.supersedeMs)
    const id = `${this.#letters(12)}@im.bot`
    const token = `play-${this.#letters(40)}`
    person.bot = new PlayBot({ token, id, personId: person.id, knobs, clock })
    this.bots.set(token, person.bot)
    this.onChange()
    return person.bot
  }

  /** The person writes to their bot. */
  say(person: Person, { text = '', kind = 'text', groupId }: Said) {
    const { bot } = person
    const now = this.clock.now()
    person.shown.push({ at: now, by: 'person', kind, text })
    if (bot && !bot.isDead) {
      openWindow(bot.sending, this.knobs, now)
      const message = this.#message(bot, { text, kind, groupId })
      bot.queue(message)
      for (const afterMs of this.knobs.repeatsAfterMs) {
        bot.queue(this.#again(bot, message), afterMs)
      }
    }
    this.onChange()
  }

  /** An accepted message: shown on the phone, and handed to the bot again where it echoes. */
  show(bot: PlayBot, text: string, clientId: string) {
    const { cutAt, echoes } = this.knobs
    const shown = cutAt === null ? text : [...text].slice(0, cutAt).join('')
    const at = this.clock.now()
    this.people.get(bot.personId)!.shown.push({ at, by: 'bot', kind: 'text', text: shown })
    if (echoes) {
      bot.queue({ ...this.#message(bot, { text }), message_type: 2, client_id: clientId })
    }
  }

  /** Beyond what a JavaScript number can keep. */
  newId(): bigint {
    return FIRST_ID + (this.#ids += 1n)
  }

  /** Sets the clock forward, and lets what is held see it. */
  advance(ms: number) {
    this.clock.advance(ms)
    this.onAdvance(ms)
    this.tick()
  }

  /** Lets what is held see that time has passed. */
  tick() {
    for (const { waiting } of [...this.bots.values(), ...this.logins.values()]) {
      waiting.tick()
    }
    this.onChange()
  }

  #message(bot: PlayBot, { text, kind = 'text', groupId }: Said): WireMessage {
    return {
      ...(this.knobs.hasIds && { message_id: this.newId() }),
      from_user_id: bot.personId,
      to_user_id: bot.id,
      create_time_ms: this.clock.now(),
      message_type: 1,
      message_state: 2,
      ...(groupId && { group_id: groupId }),
      item_list: [ITEMS[kind](text ?? '')],
      context_token: bot.newContextToken(),
    }
  }

  #again(bot: PlayBot, message: WireMessage): WireMessage {
    const id = this.knobs.repeatsWithNewId ? { message_id: this.newId() } : {}
    return { ...message, ...id, context_token: bot.newContextToken() }
  }

  #letters(count: number): string {
    const letter = () => Math.floor(this.#random.next() * 36).toString(36)
    return Array.from({ length: count }, letter).join('')
  }
}

/** One item of each kind, as the protocol numbers them. */
const ITEMS = {
  text: (text: string) => ({ type: 1, text_item: { text } }),
  image: () => ({ type: 2, image_item: { mid_size: 1024 } }),
  voice: (text: string) => ({ type: 3, voice_item: { playtime: 1200, text } }),
}
