import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import type { LaunchKind } from '#facts/launch'
import ChatPreference, { type ChatChannel } from '#models/chat_preference'
import { unchanged } from '#chat/preferences/preferences'
import { choiceOf } from '#chat/preferences/switches'
import { storedLaunchFilter } from '#chat/preferences/launch_filter'

const NONE: ReadonlySet<string> = new Set()

/** What all users of a chat app want to be told at one moment. */
export class ChatWishes {
  readonly #preferences: ReadonlyMap<number, ChatPreference>
  readonly #watched: ReadonlyMap<number, ReadonlySet<string>>
  readonly #unchanged: ChatPreference

  constructor(
    channel: ChatChannel,
    preferences: readonly ChatPreference[],
    watched: ReadonlyMap<number, ReadonlySet<string>>
  ) {
    this.#preferences = new Map(preferences.map((one) => [one.userId, one]))
    this.#watched = watched
    this.#unchanged = unchanged(0, channel)
  }

  /**
   * Whether a user wants to be told of a fact by itself. Whether his plan allows it is for
   * `Eligibility` to say. Launches that no filter picks are too many for that, also where they are
   * switched on: they are counted (`messages/summary.ts`).
   */
  wants(userId: number, type: FactType, fact: FactRow): boolean {
    if (type !== 'launch') {
      return false
    }
    if (this.#isWatched(userId, fact)) {
      return true
    }
    const kind = fact.kind as LaunchKind
    const choice = choiceOf(this.of(userId), { source: String(fact.source), kind })
    if (choice === false) {
      return false
    }
    return choice === '' ? kind === 'graduated' : storedLaunchFilter(choice)(fact)
  }

  /** What a user has set. */
  of(userId: number): ChatPreference {
    return this.#preferences.get(userId) ?? this.#unchanged
  }

  #isWatched(userId: number, { token_address: token, creator }: FactRow): boolean {
    const watched = this.#watched.get(userId) ?? NONE
    return watched.has(String(token)) || watched.has(String(creator))
  }
}

/** Reads what all users of a chat app want, in two queries. */
export async function readChatWishes(
  client: QueryClientContract,
  channel: ChatChannel
): Promise<ChatWishes> {
  const preferences = await ChatPreference.query({ client }).where('channel', channel)
  const rows: { user_id: number | string; address: string }[] = await client
    .from('watches')
    .select('user_id', 'address')
  const byUser = Map.groupBy(rows, (row) => Number(row.user_id))
  const watched = [...byUser].map(
    ([userId, ofUser]) => [userId, new Set(ofUser.map(({ address }) => address))] as const
  )
  return new ChatWishes(channel, preferences, new Map(watched))
}
