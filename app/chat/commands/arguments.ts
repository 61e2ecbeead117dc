import { readTronAddress } from '#foundation/text/tron_address'
import { parseDuration } from '#foundation/text/duration'
import type { Place } from '#chat/kinds/chat_kind'
import { allPlaces, happeningsOf } from '#chat/kinds/registry'
import { addressOf } from '#chat/preferences/watches'

const ALL = ['all', '全部', '所有']
const ON = ['on', '开', '开启', '打开']
const OFF = ['off', '关', '关闭']
const LANGUAGES: Record<string, string> = { zh: 'zh-CN', 中文: 'zh-CN', en: 'en', 英文: 'en' }

/** The places that a word means: one by its name or label, or all of them; null: none. */
export function placesOf(word: string): Place[] | null {
  const lower = word.toLowerCase()
  if (ALL.includes(lower)) {
    return allPlaces()
  }
  const named = allPlaces().filter(({ name, label }) => [name, label.toLowerCase()].includes(lower))
  return named.length > 0 ? named : null
}

/** `on` or `off` in either language; null: neither. */
export function switchedOf(word: string): boolean | null {
  const lower = word.toLowerCase()
  return ON.includes(lower) ? true : OFF.includes(lower) ? false : null
}

/** The language that a word means, as accounts store it; null: none of ours. */
export function languageOf(word: string): string | null {
  return LANGUAGES[word.toLowerCase().split('-')[0]!] ?? null
}

/** A time such as `1h`, `90m` or `2小时` in milliseconds, or null. */
export function durationOf(words: readonly string[]): number | null {
  const text = words.join('').toLowerCase()
  const units = { 分钟: 'm', 小时: 'h', 天: 'd', 半: '0.5', 一: '1', 两: '2' }
  const plain = Object.entries(units)
    .reduce((short, [word, sign]) => short.replaceAll(word, sign), text)
    .replaceAll('个', '')
    .replace(/hours?|min(ute)?s?|days?/, ([unit]) => unit!)
  // A bare number would be milliseconds.
  return /[a-z]$/.test(plain) ? parseDuration(plain) : null
}

/** Whether a word is an address of TRON as people write it, with the right checksum. */
export function isTronAddress(word: string): boolean {
  return word.startsWith('T') && readTronAddress(word) !== null
}

/** What may stand behind a command that is said without its slash, so that sentences stay sentences. */
export function looksLikeArgument(word: string): boolean {
  const isNamed = placesOf(word) ?? languageOf(word) ?? addressOf(word)
  const isSaid = isNamed !== null || happeningsOf(word).length > 0 || switchedOf(word) !== null
  return isSaid || isTronAddress(word) || /^\d|^[a-z]+:./i.test(word)
}
