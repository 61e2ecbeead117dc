import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import Watch from '#models/watch'
import { displayText } from '#feed/display_text'
import type { WatchRules } from '#feed/watched_launches'

/** Addresses and words that one user may watch. */
export const MOST_WATCHED = 100

/** The longest word, and the shortest: one letter is in too many names. */
export const LONGEST_WORD = 40
const SHORTEST_WORD = 2

/** An address in any letter case, in lower case; null when it is none. */
export function addressOf(word: string): string | null {
  return /^0x[0-9a-f]{40}$/i.test(word) ? word.toLowerCase() : null
}

/** Such a text was meant to be an address, of whatever chain, and has a mistake in it. */
const ADDRESS_LIKE = /^0x|^[0-9a-z]{25,}$/i

/**
 * What is to be watched as it is stored: an address, or a word as pages show it, in lower case. Null
 * when it can be neither.
 */
export function subjectOf(text: string): string | null {
  const trimmed = text.trim()
  const address = addressOf(trimmed)
  if (address !== null || ADDRESS_LIKE.test(trimmed)) {
    return address
  }
  const word = (displayText(trimmed) ?? '').toLowerCase()
  const { length } = [...word]
  return length >= SHORTEST_WORD && length <= LONGEST_WORD ? word : null
}

/** What a user watches, the newest first. */
export function watchesOf(userId: number): Promise<Watch[]> {
  return Watch.query().where('user_id', userId).orderBy('id', 'desc')
}

/** The same, as launches are compared with it. */
export async function watchRulesOf(userId: number): Promise<WatchRules> {
  const watches = await watchesOf(userId)
  return rulesOf(watches.map(({ subject }) => subject))
}

/** Addresses and words apart. */
export function rulesOf(subjects: readonly string[]): WatchRules {
  return {
    addresses: subjects.filter((subject) => addressOf(subject) !== null),
    words: subjects.filter((subject) => addressOf(subject) === null),
  }
}

/**
 * Adds a subject; one that is watched already stays.
 *
 * @param subject as `subjectOf` reads it
 * @returns false when there is no room
 */
export function watch(
  userId: number,
  subject: string,
  clock: Pick<Clock, 'now'>
): Promise<boolean> {
  return writeTransaction(async (client) => {
    // Two messages at once wait for each other here.
    await client.from('users').where('id', userId).update('id', userId)
    const watched = await Watch.query({ client }).where('user_id', userId)
    if (watched.some((one) => one.subject === subject)) {
      return true
    }
    if (watched.length >= MOST_WATCHED) {
      return false
    }
    await Watch.create({ userId, subject, createdAt: clock.now() }, { client })
    return true
  })
}

/** Answers whether the subject was watched. */
export function unwatch(userId: number, subject: string): Promise<boolean> {
  return writeTransaction(async (client) => {
    const [row] = await Watch.query({ client }).where({ userId, subject })
    await row?.delete()
    return row !== undefined
  })
}

/** Answers how many were watched. */
export function unwatchAll(userId: number): Promise<number> {
  return writeTransaction(async (client) => {
    const rows = await Watch.query({ client }).where('user_id', userId)
    await Watch.query({ client }).where('user_id', userId).delete()
    return rows.length
  })
}
