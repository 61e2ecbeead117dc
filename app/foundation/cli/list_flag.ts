/** The entries of a flag that may be repeated, and that may hold several separated by commas. */
export function listFlag(values: readonly string[]): string[] {
  return values.flatMap((list) => list.split(',')).map((entry) => entry.trim())
}
