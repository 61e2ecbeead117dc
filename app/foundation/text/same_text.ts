import { hash, timingSafeEqual } from 'node:crypto'

/** Compares in a time that does not tell how much of the text was right. */
export function isSameText(sent: string | undefined, expected: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer')
  return sent !== undefined && timingSafeEqual(digest(sent), digest(expected))
}
