import type { FactRow } from '#facts/define_fact'
import {
  eventTypeOf,
  factTypeOf,
  sourceOf,
  type Announcement,
  type FactType,
} from '#facts/registry'
import type { FilterFields } from '#chat/kinds/fact_filter'
import type { Reader } from '#chat/reader'

/** One thing that a user may want to be told of: what happens, and at which venue or network. */
export interface ChatSwitch {
  source: string
  kind: string
}

/** A switch in one word, such as `four.created` or `tron.staked`. */
export function chatSwitchName({ source, kind }: ChatSwitch): string {
  return `${source}.${kind}`
}

/**
 * The switch that decides about a fact, also where it was taken back. On an account at OKX several
 * things can be `changed`: there a switch says what, such as `position_changed`.
 */
export function switchOf({ factType, fact }: Told): ChatSwitch {
  const source = sourceOf(factType, fact)
  const [subject, happening] = eventTypeOf(factTypeOf(factType), fact).split('.')
  return { source, kind: source === 'okx' ? `${subject}_${happening}` : happening! }
}

/** What is wanted of a switch: nothing, or what matches the filter; an empty one: all. */
export type Choice = false | string

/**
 * What chats tell of, one in each file here. `registry.ts` lists them: with that it has switches,
 * filters, words behind `/sub`, a place in digests and messages of its own. Its words are in
 * `resources/lang`: `chat.kinds`, `chat.marks`, `account.chat`.
 */
export interface ChatKind extends FilterFields {
  /** `account.chat.groups` has its name for people. */
  name: string
  /** The facts that it is read from. */
  factTypes: readonly FactType[]
  /** Whether a user is shown its switches unasked; left out: every user is. */
  concerns?: (userId: number) => Promise<boolean>
  /** Where it happens, as people name it behind `/sub`. */
  places: () => readonly Place[]
  /** What may happen there, by the last part of the event's type, or all of it (`switchOf`). */
  happenings: Readonly<Record<string, Happening>>
  /** Users who follow one of these addresses are told whatever their switches say. */
  followed: (fact: FactRow) => readonly string[]
  /** What watched words are looked for in, in lower case; left out: words are not for this kind. */
  named?: (fact: FactRow) => string
  /** In the order given. */
  readEntries: (told: readonly Told[], reader: Reader) => Promise<ChatEntry[]>
}

export interface Place {
  name: string
  label: string
}

export interface Happening {
  /** What a user wants who has set nothing. */
  atFirst: Choice
  /** What people say for it, in both languages. */
  words: readonly string[]
  /** There are too many to tell of each: without a filter they are counted. */
  isCounted?: true
}

/** What a job tells: that a fact happened, or that a reorg took it back. */
export interface Told {
  factType: Announcement
  fact: FactRow
}

/** A fact as messages tell of it, in the words of its reader. */
export interface ChatEntry {
  /** The head of a digest counts alike what has the same: words of `chat.digest`. */
  countedAs: string
  /** Epoch milliseconds. */
  happenedAt: number
  /** In a digest. */
  line: string
  /** The same when it was taken back. */
  removedLine: string
  /** As a message of its own. */
  text: (sending: Sending) => Promise<string> | string
  /** Where more is to be seen of it, for chats with buttons. Left out: nowhere. */
  links?: readonly ChatLink[]
}

/** A link by what it is for; `chat.links` has the words. */
export interface ChatLink {
  name: 'chart' | 'explorer' | 'trade'
  url: string
}

export interface Sending {
  /** When the message goes out, in epoch milliseconds. */
  now: number
  hasLinks: boolean
  /** Stands below it; null: nothing. */
  footer: string | null
}
