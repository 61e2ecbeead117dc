import { isIP } from 'node:net'
import { Secret } from '@adonisjs/core/helpers'
import { fromEther } from 'ox/Value'
import { parseDuration } from '#foundation/text/duration'

/**
 * Rules for environment variables. Each turns the text of a variable into its value, or throws
 * one line that names the variable, says what was wrong, and shows an example. The text itself is
 * never shown: a mistyped URL holds its key and its password all the same, and logs are shared.
 */

type Rule<T> = (key: string, value?: string) => T

/** @param mistake what is wrong, without a word of the value; found out by `expected` unless given */
function refuse(
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

/** One of a fixed set of words. */
export function oneOf<const T extends string>(...choices: T[]): Rule<T> {
  return (key, value) =>
    choices.find((choice) => choice === value) ??
    refuse(key, value, `one of ${choices.join(', ')}`, choices[0]!)
}

/** `true` or `false`. */
export const flag: Rule<boolean> = (key, value) => {
  if (value === 'true' || value === '1') return true
  if (value === 'false' || value === '0') return false
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
  return (key, value) => {
    const wei = /^\d{1,9}(\.\d{1,18})?$/.test(value ?? '') ? fromEther(value!) : 0n
    return wei > 0n ? wei : refuse(key, value, 'an amount of BNB', example)
  }
}

/** A duration such as `10s`, answered in milliseconds. */
export function duration(example: string): Rule<number> {
  return (key, value) =>
    parseDuration(value ?? '') ?? refuse(key, value, 'a duration (ms, s, m, h, d)', example)
}

/** Durations separated by commas, answered in milliseconds. */
export function durationList(example: string): Rule<number[]> {
  return (key, value) => {
    const parts = splitList(value).map((part) => parseDuration(part))
    if (parts.length > 0 && parts.every((part) => part !== null)) return parts
    return refuse(key, value, 'durations separated by commas', example)
  }
}

/** Absolute URLs of the given protocols, separated by commas. */
export function urlList(protocols: string[], example: string): Rule<string[]> {
  return (key, value) => {
    const urls = splitList(value)
    const expected = `URLs (${protocols.join(', ')}) separated by commas`
    const mistakes = urls.map((url) => urlMistake(url, protocols))
    const wrong = mistakes.findIndex((mistake) => mistake !== null)
    if (urls.length > 0 && wrong === -1) return urls

    const place = urls.length > 1 ? `URL ${wrong + 1} of ${urls.length} ` : ''
    return refuse(
      key,
      value,
      expected,
      example,
      `should be ${expected}, but ${place || 'it '}${mistakes[wrong] ?? 'holds none'}`
    )
  }
}

/** One absolute URL of the given protocols. */
export function oneUrl(protocols: string[], example: string): Rule<string> {
  return (key, value) => {
    const mistake = urlMistake(value ?? '', protocols)
    if (mistake === null) return value!

    const expected = `a URL (${protocols.join(', ')})`
    return refuse(key, value, expected, example, `should be ${expected}, but it ${mistake}`)
  }
}

/** What is wrong with a URL, or null. */
function urlMistake(candidate: string, protocols: string[]): string | null {
  const beginnings = protocols.map((protocol) => `${protocol}://`)
  if (!beginnings.some((beginning) => candidate.toLowerCase().startsWith(beginning))) {
    return `does not begin with ${beginnings.join(' or ')}`
  }
  const url = URL.parse(candidate)
  if (!url)
    return 'cannot be read: look at its host, its port, and its password (%40 for @, %2F for /)'
  if (url.hash.includes('@')) return 'has a # before its host (%23 in a password)'
  return canBeDecoded(url)
    ? null
    : 'has a user name or password with a % that encodes nothing (%25 for %)'
}

function canBeDecoded({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password)
    return true
  } catch {
    return false
  }
}

/** Networks in CIDR notation, separated by commas; none so wide that it takes in half the world. */
export const networkList: Rule<string[]> = (key, value) => {
  const networks = splitList(value)
  if (networks.length > 0 && networks.every(isNetwork)) return networks
  return refuse(
    key,
    value,
    'networks such as 10.1.0.0/16 (/8 to /32, IPv6 /16 to /128) separated by commas',
    '127.0.0.0/8,::1/128'
  )
}

function isNetwork(network: string): boolean {
  const [address = '', prefix = '', ...rest] = network.split('/')
  const version = isIP(address)
  const [widest, narrowest] = version === 6 ? [16, 128] : [8, 32]
  const bits = /^\d+$/.test(prefix) ? Number(prefix) : Number.NaN
  return version > 0 && rest.length === 0 && bits >= widest && bits <= narrowest
}

/** Names or addresses of hosts, each with a port or without, separated by commas; in lower case. */
export const hostList: Rule<string[]> = (key, value) => {
  const hosts = splitList(value).map((host) => host.toLowerCase())
  if (hosts.length > 0 && hosts.every(isHost)) return hosts
  return refuse(
    key,
    value,
    'hosts separated by commas, without https:// and without a path',
    'ilink.example.com,127.0.0.1:4010'
  )
}

function isHost(host: string): boolean {
  const url = URL.parse(`http://${host}/`)
  // A port of 80 is left out of what URL answers.
  return url !== null && [url.host, `${url.host}:80`].includes(host)
}

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

/** A 20-byte address, answered in lower case. */
export const address: Rule<`0x${string}`> = (key, value) => {
  if (/^0x[0-9a-fA-F]{40}$/.test(value ?? '')) return value!.toLowerCase() as `0x${string}`
  const example = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'
  return refuse(key, value, 'an address: 0x and 40 hexadecimal digits', example)
}

/** 20-byte addresses separated by commas, answered in lower case. */
export const addressList: Rule<`0x${string}`[]> = (key, value) =>
  splitList(value).map((part) => address(key, part))

/** The origin of a site: what people type to reach it, up to the first slash. */
export const siteOrigin: Rule<string> = (key, value) => {
  const site = URL.canParse(value ?? '') ? new URL(value!) : null
  const isSite = site && /^https?:$/.test(site.protocol) && SITE_HOST.test(site.host)
  return isSite
    ? site.origin
    : refuse(key, value, 'the URL of the site', 'https://regou.example.com')
}

/** The hosts that a login message (EIP-4361) can name to every wallet. */
const SITE_HOST = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?$/

/** The application key: at least 16 characters, kept out of logs. */
export const appKey: Rule<Secret<string>> = (key, value) => {
  if (value && value.length >= 16) return new Secret(value)
  throw new Error(
    `${key} is missing or shorter than 16 characters. Write one with: node ace generate:key`
  )
}

function splitList(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
