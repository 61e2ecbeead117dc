import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { chatSwitchName, switchOf, type ChatKind, type Choice } from '#chat/kinds/chat_kind'
import type { Judge } from '#delivery/expressions/filter_answers'
import { storedFactFilter } from '#chat/kinds/fact_filter'
import { chatKindOf } from '#chat/kinds/registry'
import { rankOf } from '#chat/preferences/fallback'
import { isAccountNotice } from '#chat/messages/account_notice'
import { readGraduatingTokens } from '#chat/preferences/graduating_tokens'
import { rulesOf } from '#chat/preferences/watches'

/** What users have chosen for one switch, and who follows an address. */
type Choices = ReadonlyMap<number, Choice>
type Followers = ReadonlySet<number>

/** Who watches what: addresses, and words. */
interface Watched {
  addresses: ReadonlyMap<string, Followers>
  words: ReadonlyMap<string, Followers>
}

/** A fact with all that has to be known of it to ask about every user. */
interface Weighed {
  fact: FactRow
  /** The same with what only the launch of its token has named. */
  named: FactRow
  chatKind: ChatKind
  /** Users who have set the switch; for all others holds what is so at first. */
  choices: Choices | undefined
  atFirst: Choice
  isCounted: boolean
  followers: readonly Followers[]
}

/**
 * What all users want to be told in chats at one moment. A planner asks about every user for
 * each fact, so what is alike for all of them is found once for a fact.
 */
export class ChatWishes {
  readonly #choices: ReadonlyMap<string, Choices>
  readonly #watched: Watched
  readonly #withoutNotices: ReadonlySet<number>
  readonly #graduating: ReadonlyMap<string, FactRow>
  readonly #orders: ReadonlyMap<number, readonly string[]>
  #weighed: Weighed | undefined

  /**
   * @param choices by the name of the switch and the user
   * @param withoutNotices users who want to be told nothing of their account
   * @param graduating what is known of tokens whose graduations name neither symbol nor creator
   * @param orders the ways out of users who want each fact told once
   */
  constructor(
    choices: ReadonlyMap<string, Choices>,
    watched: Watched,
    withoutNotices: ReadonlySet<number>,
    graduating: ReadonlyMap<string, FactRow>,
    orders: ReadonlyMap<number, readonly string[]>
  ) {
    this.#choices = choices
    this.#watched = watched
    this.#withoutNotices = withoutNotices
    this.#graduating = graduating
    this.#orders = orders
  }

  /**
   * Whether a user wants to be told of a fact by itself. Whether his plan allows it is for
   * `Eligibility` to say. New tokens that no filter picks are too many for that, also where they are
   * switched on: they are counted (`messages/summary.ts`).
   */
  wants(userId: number, type: FactType, fact: FactRow, judge: Judge): boolean {
    const weighed = this.#weighed?.fact === fact ? this.#weighed : this.#weigh(type, fact)
    this.#weighed = weighed
    if (!weighed) {
      return isAccountNotice(type, fact) && !this.#withoutNotices.has(userId)
    }
    const { named, chatKind, choices, atFirst, isCounted, followers } = weighed
    if (followers.some((one) => one.has(userId))) {
      return true
    }
    const choice = choices?.get(userId) ?? atFirst
    if (choice === false) {
      return false
    }
    return choice === '' ? !isCounted : storedFactFilter(chatKind, choice)(type, named, judge)
  }

  /** The place of a channel among the ways out of a user; undefined: all of them tell him everything. */
  rankOf(userId: number, channel: string): number | undefined {
    return rankOf(this.#orders.get(userId) ?? [], channel)
  }

  /** Undefined: no switch decides about it. */
  #weigh(type: FactType, fact: FactRow): Weighed | undefined {
    const chatKind = chatKindOf(type)
    if (!chatKind) {
      return undefined
    }
    const one = switchOf({ factType: type, fact })
    const { atFirst, isCounted = false } = chatKind.happenings[one.kind]!
    const named = this.#named(type, fact)
    return {
      fact,
      named,
      chatKind,
      atFirst,
      isCounted,
      choices: this.#choices.get(chatSwitchName(one)),
      followers: this.#followersOf(chatKind, named),
    }
  }

  #named(type: FactType, fact: FactRow): FactRow {
    const launch =
      type === 'launch' && fact.symbol === null
        ? this.#graduating.get(String(fact.token_address))
        : undefined
    return launch ? { ...fact, ...launch } : fact
  }

  #followersOf({ followed, named }: ChatKind, fact: FactRow): Followers[] {
    const { addresses, words } = this.#watched
    const byAddress = followed(fact).flatMap((address) => addresses.get(address) ?? [])
    const name = words.size > 0 ? named?.(fact) : undefined
    const byWord = name ? [...words].filter(([word]) => name.includes(word)) : []
    return [...byAddress, ...byWord.map(([, followers]) => followers)]
  }
}

interface PreferenceRow {
  user_id: number | string
  switches: string
  tells_account: boolean | number
  fallback_order: string
}

interface WatchRow {
  user_id: number | string
  subject: string
}

/** Reads what all users want to be told in chats, in three queries. */
export async function readChatWishes(client: QueryClientContract): Promise<ChatWishes> {
  const preferences = await rowsOf<PreferenceRow>(
    client,
    `select user_id, switches, tells_account, fallback_order from chat_preferences
     where switches <> '{}' or not tells_account or fallback_order <> '[]'`,
    []
  )
  const watches = await rowsOf<WatchRow>(client, 'select user_id, subject from watches', [])
  const silent = preferences.filter(({ tells_account: isTold }) => !isTold)
  const withoutNotices = new Set(silent.map(({ user_id: userId }) => Number(userId)))
  const orders = preferences.map(
    ({ user_id: userId, fallback_order: order }) => [Number(userId), JSON.parse(order)] as const
  )
  return new ChatWishes(
    bySwitch(preferences),
    bySubject(watches),
    withoutNotices,
    await readGraduatingTokens(client),
    new Map<number, string[]>(orders)
  )
}

function bySwitch(rows: readonly PreferenceRow[]) {
  const choices = new Map<string, Map<number, Choice>>()
  for (const { user_id: userId, switches } of rows) {
    for (const [name, choice] of Object.entries<Choice>(JSON.parse(switches))) {
      const ofSwitch = choices.get(name) ?? new Map<number, Choice>()
      choices.set(name, ofSwitch.set(Number(userId), choice))
    }
  }
  return choices
}

function bySubject(rows: readonly WatchRow[]): Watched {
  const watches = Map.groupBy(rows, ({ subject }) => subject)
  const followersOf = (subjects: readonly string[]) =>
    new Map(
      subjects.map((subject) => {
        const ids = watches.get(subject)!.map(({ user_id: userId }) => Number(userId))
        return [subject, new Set(ids)] as const
      })
    )
  const { addresses, words } = rulesOf([...watches.keys()])
  return { addresses: followersOf(addresses), words: followersOf(words) }
}
