/** What a message may be long at most. Characters are UTF-16 code units, bytes those of UTF-8. */
export interface MessageLimits {
  characters: number
  bytes: number
  /** How a text is written there, where some signs need others before them: the limits are for that. */
  written?: (text: string) => string
}

/** More than 2,000 characters may be cut without an error, more than 16,384 bytes are refused. */
export const WECHAT_LIMITS: MessageLimits = { characters: 2000, bytes: 16_384 }

/** What an official account may answer: 2,048 bytes. */
export const REPLY_LIMITS: MessageLimits = { characters: 2000, bytes: 2048 }

interface Parts {
  head: readonly string[]
  /** In the order of their worth: the last ones are left out first. */
  entries: readonly string[]
  /** What stands below the entries, told how many of them are left out. */
  foot: (leftOut: number) => readonly string[]
}

/** A message that fits, and how many of the entries are in it. */
export interface FittedText {
  text: string
  shown: number
}

/**
 * Puts a message together of whole entries, as many as fit: none is cut, so that no address and no
 * link ends in the middle.
 */
export function fitted({ head, entries, foot }: Parts, limits: MessageLimits): FittedText {
  let best = joined(head, [], foot(entries.length))
  let shown = 0
  for (let count = 1; count <= entries.length; count++) {
    const text = joined(head, entries.slice(0, count), foot(entries.length - count))
    if (fits(text, limits)) {
      best = text
      shown = count
    } else if (!fits(joined(head, entries.slice(0, count), []), limits)) {
      break
    }
  }
  return { text: best, shown }
}

function joined(...parts: (readonly string[])[]): string {
  return parts.flat().join('\n')
}

function fits(text: string, { characters, bytes, written }: MessageLimits): boolean {
  const sent = written?.(text) ?? text
  return sent.length <= characters && Buffer.byteLength(sent) <= bytes
}

/** A text of lines shortened by whole lines, with a sign that there are more. */
export function shortened(text: string, limits: MessageLimits): string {
  const foot = (leftOut: number) => (leftOut > 0 ? ['…'] : [])
  return fitted({ head: [], entries: text.split('\n'), foot }, limits).text
}
