import accountsConfig from '#config/accounts'
import type { MessageLimits } from '#chat/messages/fitted'

/**
 * What a message may be long: 4,096 UTF-16 code units once its HTML is read.
 * Source: core.telegram.org/bots/api#sendmessage
 */
export const TELEGRAM_LIMITS: MessageLimits = {
  characters: 4096,
  bytes: 16_384,
  written: harmless,
}

/** Where links in messages may lead: any other link comes from a name that a third party chose. */
const OUR_HOSTS = ['dexscreener.com']

/** A tap on an address copies it. */
const ADDRESS = /\b(0x[\da-f]{40}|T[1-9A-HJ-NP-Za-km-z]{33})\b/gi

/** What Telegram makes a link of by itself: URLs, names of people and chats, and names of hosts. */
const LINKED = /https?:\/\/[^\s]+|(?<!\w)@(?=\w)|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/giu

/** Takes no room, and parts what would be a link. */
const PARTED = '\u2060'

/**
 * A text as Telegram's HTML (core.telegram.org/bots/api#html-style): the first line in bold where more
 * follow, addresses to be copied by a tap. Names on the chain can neither format nor link.
 */
export function htmlOf(text: string): string {
  const escaped = escape(harmless(text))
  const [first, ...others] = escaped.replace(ADDRESS, '<code>$1</code>').split('\n')
  return others.length > 0 ? [`<b>${first}</b>`, ...others].join('\n') : first!
}

/** The text without links that third parties wrote. */
export function harmless(text: string): string {
  return text.replace(LINKED, (found) => {
    const isOurs = URL.canParse(found) && isOwnLink(new URL(found))
    return isOurs ? found : found.replace(/[.@]|(?<=:)\//g, (sign) => `${sign}${PARTED}`)
  })
}

function isOwnLink({ protocol, host, origin }: URL): boolean {
  return (protocol === 'https:' && OUR_HOSTS.includes(host)) || origin === accountsConfig.appUrl
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
