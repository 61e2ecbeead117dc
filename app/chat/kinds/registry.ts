import { factTypeOf, factTypes, type FactType } from '#facts/registry'
import type { ChatEntry, ChatKind, ChatSwitch, Place, Told } from '#chat/kinds/chat_kind'
import { launches } from '#chat/kinds/launches'
import { okx } from '#chat/kinds/okx'
import { readOtherEntries } from '#chat/kinds/other_entry'
import { tron } from '#chat/kinds/tron'
import type { Reader } from '#chat/reader'

/** What chats tell of, in the order in which people see it. A further kind is its file and its place here. */
export const chatKinds: readonly ChatKind[] = [launches, tron, okx]

/** The kind that a fact is told as; undefined: chats do not tell of it by switches. */
export function chatKindOf(type: FactType): ChatKind | undefined {
  return chatKinds.find(({ factTypes: types }) => types.includes(type))
}

/** The types of events that chats tell of. */
export function chatEvents(): string[] {
  return chatKinds
    .flatMap(({ factTypes: types }) => types)
    .flatMap((type) => factTypes[type].eventTypes.map(({ eventType }) => eventType))
}

/** What there is a switch for, in the order in which people see them. */
export function chatSwitches(kinds: readonly ChatKind[] = chatKinds): ChatSwitch[] {
  return kinds.flatMap(({ places, happenings }) =>
    places().flatMap(({ name: source }) =>
      Object.keys(happenings).map((kind) => ({ source, kind }))
    )
  )
}

/** The kind that a switch belongs to. */
export function kindOfSwitch({ source, kind }: ChatSwitch): ChatKind {
  return chatKinds.find(
    ({ places, happenings }) => kind in happenings && places().some(({ name }) => name === source)
  )!
}

/** The kinds that concern a user. */
export async function chatKindsFor(userId: number): Promise<ChatKind[]> {
  const isConcerned = await Promise.all(chatKinds.map(({ concerns }) => concerns?.(userId) ?? true))
  return chatKinds.filter((_, at) => isConcerned[at])
}

/** The name that people know a place by. */
export function placeLabel(source: string): string {
  return allPlaces().find(({ name }) => name === source)?.label ?? source
}

export function allPlaces(): Place[] {
  return chatKinds.flatMap(({ places }) => [...places()])
}

/** What happens that a word stands for, in either language. */
export function happeningsOf(word: string): string[] {
  const lower = word.toLowerCase()
  return chatKinds
    .flatMap(({ happenings }) => Object.entries(happenings))
    .flatMap(([name, { words }]) => (words.includes(lower) ? [name] : []))
}

/** Facts of all kinds as messages tell of them, the newest first. */
export async function readEntries(told: readonly Told[], reader: Reader): Promise<ChatEntry[]> {
  const byKind = Map.groupBy(told, ({ factType }) => chatKindOf(factTypeOf(factType)))
  const read = [...byKind].map(([kind, ofKind]) =>
    kind ? kind.readEntries(ofKind, reader) : readOtherEntries(ofKind, reader)
  )
  const entries = await Promise.all(read)
  return entries.flat().toSorted((one, other) => other.happenedAt - one.happenedAt)
}
