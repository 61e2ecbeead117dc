/** What JSON can say. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

/**
 * The one text of a value by RFC 8785 (JSON Canonicalization Scheme), for hashes that anyone can
 * recompute: no white space, names in the order of their UTF-16 code units, numbers and strings as
 * ECMAScript writes them.
 *
 * @throws TypeError for what has no JSON: a number that is not finite, a string with half a
 * character (a lone surrogate), anything that is none of the above
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') {
    return quote(value)
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`JSON has no number ${value}`)
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) {
    return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`
  }
  if (typeof value !== 'object') {
    throw new TypeError(`JSON has no ${typeof value}`)
  }
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${quote(name)}:${canonicalJson(member)}`).join(',')}}`
}

function quote(text: string): string {
  if (!text.isWellFormed()) {
    throw new TypeError('JSON has no text with half a character')
  }
  return JSON.stringify(text)
}
