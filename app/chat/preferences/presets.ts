import { allSwitches } from '#accounts/subscriptions'
import type ChatPreference from '#models/chat_preference'
import { withChoices } from '#chat/preferences/switches'

export const PRESETS = ['graduated', 'nearly', 'mine'] as const

/**
 * What most people want, in one word: every graduation; those, and what is about to graduate; or
 * nothing but what the user follows.
 */
export type Preset = (typeof PRESETS)[number]

/** What a preset sets. Filters, quiet hours and followed addresses stay. */
export function presetOf(preset: Preset, preference: ChatPreference) {
  const graduations = allSwitches().filter(({ kind }) => kind === 'graduated')
  const switches =
    preset === 'mine'
      ? withChoices(preference, allSwitches(), false)
      : withChoices(preference, graduations, '')
  return { switches, tellsNearly: preset === 'nearly' }
}
