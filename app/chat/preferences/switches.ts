import { LAUNCH_KINDS, type LaunchKind } from '#facts/launch'
import { allSwitches, switchName, type Switch } from '#accounts/subscriptions'
import type ChatPreference from '#models/chat_preference'

/** What is wanted of one kind of launch: nothing, or what matches the filter; an empty one: all. */
export type Choice = false | string

/** What a user wants who has set nothing: graduations are some fifty a day, launches thousands. */
export const AT_FIRST: Record<LaunchKind, Choice> = { created: false, graduated: '' }

/** What is wanted of the launches of one venue and kind. */
export function choiceOf({ switches }: Pick<ChatPreference, 'switches'>, one: Switch): Choice {
  return switches[switchName(one)] ?? AT_FIRST[one.kind]
}

/** Every switch with what is set for it, in the order in which people see them. */
export function choicesOf(preference: Pick<ChatPreference, 'switches'>) {
  return allSwitches().map((one) => ({ ...one, choice: choiceOf(preference, one) }))
}

/** The switches as they are stored once these are set so. */
export function withChoices(
  { switches }: Pick<ChatPreference, 'switches'>,
  wanted: readonly Switch[],
  choice: Choice
): Record<string, Choice> {
  return { ...switches, ...Object.fromEntries(wanted.map((one) => [switchName(one), choice])) }
}

/** The kinds of launch, each with the Chinese words that people say for it. */
export const KIND_WORDS: Record<LaunchKind, readonly string[]> = {
  created: ['created', 'new', '发行', '新币', '创建'],
  graduated: ['graduated', 'graduation', '毕业'],
}

/** The kind that a word stands for, or null. */
export function kindOf(word: string): LaunchKind | null {
  return LAUNCH_KINDS.find((kind) => KIND_WORDS[kind].includes(word.toLowerCase())) ?? null
}
