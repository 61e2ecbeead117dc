import { Secret } from '@adonisjs/core/helpers'
import { refuse, type Rule } from '#foundation/env_rules'

/** Rules for environment variables that are secrets of this installation. None of them shows its value. */

/** Words of documents and of examples, which are the first that are tried. */
const EXAMPLE = /change.?me|example|placeholder|password|your[-_ ]|secret[-_ ]?key|insert|default/i

/** What can be guessed about a secret, or null. */
export function weaknessOf(secret: string): string | null {
  if (secret.length < 16) return 'is shorter than 16 characters'
  if (new Set(secret).size < 8) return 'has fewer than 8 different characters'
  if (isSequence(secret)) return 'is a sequence'
  return EXAMPLE.test(secret) ? 'is an example' : null
}

/** `1234567890123456`, `abcdefghijklmnop`: each character follows on the one before. */
function isSequence(secret: string): boolean {
  const codes = [...secret].map((character) => character.charCodeAt(0))
  const steps = codes.slice(1).filter((code, index) => Math.abs(code - codes[index]!) === 1)
  return steps.length > codes.length * 0.75
}

/**
 * A secret that people chose. In production one that can be guessed is refused.
 *
 * @param environment what NODE_ENV is, which stands before this in the environment
 */
export function secretText(expected: string, environment = process.env.NODE_ENV): Rule<string> {
  return (key, value) => {
    const weakness = environment === 'production' ? weaknessOf(value ?? '') : null
    if (value && !weakness) return value
    const mistake = `${weakness}: it should be ${expected}`
    return refuse(key, value, expected, RANDOM_TEXT, mistake)
  }
}

const RANDOM_TEXT = '$(openssl rand -base64 32)'

/** The token of a bot in Telegram: its number, a colon and a key. */
export const botToken: Rule<string> = (key, value) => {
  if (/^\d{3,20}:[\w-]{20,100}$/.test(value ?? '')) return value!
  throw new Error(
    `${key} is no token of a bot: copy it from @BotFather in Telegram, such as 123456789:AAE…`
  )
}

/** The key of Web Push, as `webpush:key` prints it. */
export const webPushKey: Rule<string> = (key, value) => {
  if (/^[\w-]{43}$/.test(value ?? '')) return value!
  throw new Error(`${key} is no key for Web Push. Make one with: node ace webpush:key`)
}

/** The application key: at least 16 characters, in production none that can be guessed; kept out of logs. */
export const appKey: Rule<Secret<string>> = (key, value) => {
  const mistake = value ? weaknessOf(value) : 'is missing'
  const isLongEnough = value !== undefined && value.length >= 16
  const isTaken = mistake === null || (isLongEnough && process.env.NODE_ENV !== 'production')
  if (value && isTaken) return new Secret(value)
  throw new Error(`${key} ${mistake}. Write one with: node ace generate:key`)
}
