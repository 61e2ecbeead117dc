import { nearestWord } from '#foundation/text/nearest_word'
import type { Command } from '#chat/commands/command'
import { looksLikeArgument } from '#chat/commands/arguments'

export type Read =
  | { command: Command; words: string[] }
  /** `unknown` is a word behind a slash that is no command; null: none was meant. */
  | { unknown: string | null; meant: string | null }

/** With more Chinese than this, a text is a sentence that happens to hold a word of ours. */
const SHORT = 12

/** A slash that begins a word, not one within a link or a path. */
const SLASHED = /(?<![\w/:.])\/([a-z][a-z_]*|\p{Script=Han}+)/iu

/**
 * Finds the command in what was said: behind a slash anywhere, or as the first word of a short text.
 * Full-width letters, slashes and spaces count as plain ones, upper case as lower.
 */
export function readCommand(said: string, commands: readonly Command[]): Read {
  const text = said
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()

  const slashed = SLASHED.exec(text)
  if (slashed) {
    const [whole, name] = slashed
    const rest = text.slice(slashed.index + whole.length)
    return byName(name!.toLowerCase(), rest, commands) ?? unknown(name!, commands)
  }
  return spoken(text, commands) ?? { unknown: null, meant: null }
}

/**
 * The words behind a command; what ends a sentence is no part of them. Chinese puts no space before
 * a Latin word, and the commas within `name:pepe,doge` are the filter's own.
 */
function wordsIn(rest: string): string[] {
  const words = rest.split(/[\s、]+/u).map((word) => word.replace(/[,.。!?;]+$/u, ''))
  return words.flatMap((word) => (isOfFilter(word) ? word : partsOf(word))).filter(Boolean)
}

function isOfFilter(word: string): boolean {
  return /[:()=<>&|"']/.test(word)
}

function partsOf(word: string): string[] {
  const spaced = word.replace(/(?<=[a-z])(?=\p{Script=Han})|(?<=\p{Script=Han})(?=[a-z])/giu, ' ')
  return spaced.split(/[\s,]+/)
}

function byName(name: string, rest: string, commands: readonly Command[]): Read | null {
  const command = commands.find((one) => one.name === name || one.aliases.includes(name))
  if (command) {
    return { command, words: wordsIn(rest) }
  }
  // Chinese puts no space between a command and what follows.
  const start = namesOf(commands).find((one) => isHan(one) && name.startsWith(one))
  return start ? byName(start, `${name.slice(start.length)}${rest}`, commands) : null
}

/** Longest first: the beginning of one may be another. */
function namesOf(commands: readonly Command[]): string[] {
  const names = commands.flatMap(({ name, aliases }) => [name, ...aliases])
  return names.sort((one, other) => other.length - one.length)
}

function unknown(word: string, commands: readonly Command[]): Read {
  return { unknown: word, meant: nearestWord(word, namesOf(commands)) }
}

/** Without a slash, as people speak: `status`, `订阅 four`, `帮我查看状态`. */
function spoken(text: string, commands: readonly Command[]): Read | null {
  const [first = '', ...others] = wordsIn(text)
  const command = commands.find(({ name, aliases }) =>
    [name, ...aliases].includes(first.toLowerCase())
  )
  if (command && others.every(looksLikeArgument)) {
    return { command, words: others }
  }
  if ((text.match(/\p{Script=Han}/gu) ?? []).length > SHORT) {
    return null
  }
  const alias = namesOf(commands).find((one) => isHan(one) && text.includes(one))
  return alias ? byName(alias, text.slice(text.indexOf(alias) + alias.length), commands) : null
}

function isHan(word: string): boolean {
  return /\p{Script=Han}/u.test(word)
}
