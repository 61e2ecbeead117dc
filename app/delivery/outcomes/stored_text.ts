/**
 * Text from outside as both databases can store it: PostgreSQL refuses NUL and half surrogate
 * pairs, and one refused row would hold up every outcome written with it.
 */
export function storable(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replaceAll('\0', '\uFFFD').toWellFormed()
}
