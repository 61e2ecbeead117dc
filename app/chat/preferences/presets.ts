import { allSwitches } from '#accounts/subscriptions'
import type ChatPreference from '#models/chat_preference'
import { choicesOf, withChoices } from '#chat/preferences/switches'

export const PRESETS = ['graduated', 'nearly', 'mine'] as const

/**
 * What most people want, in one word: every graduation; those, and what is about to graduate; or
 * nothing but what the user follows and what filters pick.
 */
export type Preset = (typeof PRESETS)[number]

/** What a preset sets. Filters of new tokens, quiet hours, and what is followed on any chain stay. */
export function presetOf(preset: Preset, preference: ChatPreference) {
  const graduations = allSwitches().filter(({ kind }) => kind === 'graduated')
  const unfiltered = choicesOf(preference, allSwitches()).filter(({ choice }) => choice === '')
  const switches =
    preset === 'mine'
      ? withChoices(preference, unfiltered, false)
      : withChoices(preference, graduations, '')
  return { switches, tellsNearly: preset === 'nearly' }
}
