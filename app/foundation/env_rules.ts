import { existsSync } from 'node:fs'
import { fromEther } from 'ox/Value'
import { parseDuration } from '#foundation/text/duration'

/**
 * Rules for environment variables. Each turns the text of a variable into its value, or throws
 * one line that names the variable, says what was wrong, and shows an example. The text itself is
 * never shown: a mistyped URL holds its key and its password all the same, and logs are shared.
 */

export type Rule<T> = (key: string, value?: string) => T

/** @param mistake what is wrong, without any part of the value; taken from `expected` unless given */
export function refuse(
  key: string,
  value: string | undefined,
  expected: string,
  example: string,
  mistake = `is not ${expected}`
): never {
  const found = value ? mistake : `is missing: it should be ${expected}`
  throw new Error(`${key} ${found}. Example: ${key}=${example}`)
}

/** The default where the variable is not set, the rule's verdict where it is. */
export function withDefault<T>(rule: Rule<T>, fallback: T): Rule<T> {
  return (key, value) => (value ? rule(key, value) : fallback)
}

/** Undefined where the variable is not set. */
export function optional<T>(rule: Rule<T>): Rule<T | undefined> {
  return (key, value) => (value ? rule(key, value) : undefined)
}

/** Free text. */
export function text(expected: string, example: string): Rule<string> {
  return (key, value) => value || refuse(key, value, expected, example)
}

/** The path of a file; what begins as a URL does is none, but may hold a password. */
export function filePath(example: string): Rule<string> {
  return (key, value) =>
    value && !/^[a-z][a-z+.-]+:/i.test(value)
      ? value
      : refuse(key, value, 'a file path', example, 'is a URL, but should be a file path')
}

/** The path of a file that is there. */
export function existingFile(example: string): Rule<string> {
  return (key, value) =>
    value && existsSync(value)
      ? value
      : refuse(key, value, 'the path of a file that is there', example)
}

/** One of a fixed set of words. */
export function oneOf<const T extends string>(...choices: T[]): Rule<T> {
  return (key, value) =>
    choices.find((choice) => choice === value) ??
    refuse(key, value, `one of ${choices.join(', ')}`, choices[0]!)
}

/** What is found by the text; null where there is nothing of that name. */
export function oneNamed<T>(
  find: (name: string) => T | null,
  expected: string,
  example: string
): Rule<T> {
  return (key, value) => (value && find(value)) || refuse(key, value, expected, example)
}

/** `true` or `false`, in any letter case. */
export const flag: Rule<boolean> = (key, value) => {
  const word = value?.toLowerCase()
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0') return false
  return refuse(key, value, 'true or false', 'true')
}

/** A whole number within bounds, both included. */
export function wholeNumber(min: number, max: number, example: number): Rule<number> {
  return (key, value) => {
    const number = /^\d+$/.test(value ?? '') ? Number(value) : Number.NaN
    if (number >= min && number <= max) return number
    return refuse(key, value, `a whole number from ${min} to ${max}`, String(example))
  }
}

/** An amount of BNB above zero with up to 18 decimals, answered in wei. */
export function bnb(example: string): Rule<bigint> {
  return amountOf('an amount of BNB', example)
}

/** What one unit costs in another: above zero, with up to 18 decimals, answered with 18. */
export function rate(example: string): Rule<bigint> {
  return amountOf('a rate above zero', example)
}

function amountOf(expected: string, example: string): Rule<bigint> {
  return (key, value) => {
    const wei = /^\d{1,9}(\.\d{1,18})?$/.test(value ?? '') ? fromEther(value!) : 0n
    return wei > 0n ? wei : refuse(key, value, expected, example)
  }
}

/** A duration above zero such as `10s`, answered in milliseconds. */
export function duration(example: string): Rule<number> {
  return (key, value) =>
    parseDuration(value ?? '') ||
    refuse(key, value, 'a duration above zero with its unit (ms, s, m, h, d)', example)
}

/** As `duration`; a bare number counts seconds, as the original specification writes it. */
export function seconds(example: string): Rule<number> {
  return (key, value) => duration(example)(key, /^\d+$/.test(value ?? '') ? `${value}s` : value)
}

/** Bytes in hexadecimal. */
export function hexBytes(bytes: number): Rule<string> {
  return (key, value) =>
    new RegExp(`^[0-9a-fA-F]{${bytes * 2}}$`).test(value ?? '')
      ? value!.toLowerCase()
      : refuse(key, value, `${bytes} bytes in hexadecimal`, '9d61b19deffd5a60…')
}

/** Texts separated by commas. */
export function textList(expected: string, example: string): Rule<string[]> {
  return (key, value) => {
    const texts = splitList(value)
    return texts.length > 0 ? texts : refuse(key, value, expected, example)
  }
}

/** Durations separated by commas, answered in milliseconds. */
export function durationList(example: string): Rule<number[]> {
  return (key, value) => {
    const parts = splitList(value).map((part) => parseDuration(part))
    if (parts.length > 0 && parts.every(isAboveZero)) return parts
    const expected = 'durations above zero with their units, separated by commas'
    return refuse(key, value, expected, example)
  }
}

const isAboveZero = (ms: number | null): ms is number => (ms ?? 0) > 0

/** The EncodingAESKey of an official account. */
export const encodingAesKey: Rule<string> = (key, value) =>
  /^[A-Za-z0-9+/]{43}$/.test(value ?? '')
    ? value!
    : refuse(
        key,
        value,
        'an EncodingAESKey of 43 letters and digits',
        'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
      )

/** Whom others can ask about this installation. */
export const contact: Rule<string> = (key, value) =>
  /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(value ?? '')
    ? value!
    : refuse(key, value, 'an address that begins with mailto: or https:', 'mailto:you@example.com')

/** A 20-byte address, answered in lower case. */
export const address: Rule<`0x${string}`> = (key, value) => {
  if (/^0x[0-9a-fA-F]{40}$/.test(value ?? '')) return value!.toLowerCase() as `0x${string}`
  const example = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'
  return refuse(key, value, 'an address: 0x and 40 hexadecimal digits', example)
}

/** 20-byte addresses separated by commas, answered in lower case. */
export const addressList: Rule<`0x${string}`[]> = (key, value) =>
  splitList(value).map((part) => address(key, part))

/** The parts between commas, without those that are empty. */
export function splitList(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
