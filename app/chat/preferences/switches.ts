import type ChatPreference from '#models/chat_preference'
import { chatSwitchName, type ChatSwitch, type Choice } from '#chat/kinds/chat_kind'
import { chatSwitches, kindOfSwitch } from '#chat/kinds/registry'

/** What is wanted of what happens at one place. */
export function choiceOf({ switches }: Pick<ChatPreference, 'switches'>, one: ChatSwitch): Choice {
  return switches[chatSwitchName(one)] ?? kindOfSwitch(one).happenings[one.kind]!.atFirst
}

/** Every switch with what is set for it, in the order in which people see them. */
export function choicesOf(
  preference: Pick<ChatPreference, 'switches'>,
  switches: readonly ChatSwitch[] = chatSwitches()
) {
  return switches.map((one) => ({ ...one, choice: choiceOf(preference, one) }))
}

/** The switches as they are stored once these are set so. */
export function withChoices(
  { switches }: Pick<ChatPreference, 'switches'>,
  wanted: readonly ChatSwitch[],
  choice: Choice
): Record<string, Choice> {
  return { ...switches, ...Object.fromEntries(wanted.map((one) => [chatSwitchName(one), choice])) }
}
