/**
 * A value as expressions read it: whole numbers are integers of the language, which it tells from
 * doubles by their JavaScript type.
 */
export function readable(value: unknown): unknown {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return BigInt(value)
  }
  if (value === null || typeof value !== 'object') {
    return value
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]))
}
