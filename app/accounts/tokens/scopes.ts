import { OperatorError } from '#foundation/errors'
import { nearestWord } from '#foundation/text/nearest_word'

/** What a token may be allowed to do. */
export const SCOPES = ['webhooks:read', 'webhooks:write', 'ocr:read', 'ocr:write'] as const

export type Scope = (typeof SCOPES)[number]

/** Stands for every scope, those to come included. */
const ALL = '*'

/**
 * The scopes without doubles, once each of them is known.
 *
 * @throws OperatorError when one is not, or there are none at all
 */
export function knownScopes(words: readonly string[]): string[] {
  const choices = [...SCOPES, ALL]
  if (words.length === 0) {
    throw new OperatorError(`Name a scope: ${choices.join(', ')}`)
  }
  for (const word of words) {
    if (!choices.some((choice) => choice === word)) {
      const meant = nearestWord(word, choices)
      const advice = meant ? `Did you mean "${meant}"?` : `There are: ${choices.join(', ')}`
      throw new OperatorError(`"${word}" is no scope. ${advice}`)
    }
  }
  return [...new Set(words)]
}

/** What users may allow their programs; other scopes reach what belongs to all and are the operator's to give. */
export const USER_SCOPES = ['webhooks:read', 'webhooks:write'] as const satisfies readonly Scope[]
