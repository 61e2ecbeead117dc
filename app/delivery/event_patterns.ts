/** Says whether an endpoint wants an event: by its exact type, by `launch.*`, or by `*`. */
export function wantsEvent(patterns: readonly string[], eventType: string): boolean {
  return patterns.some((pattern) => {
    if (pattern === '*' || pattern === eventType) {
      return true
    }
    return pattern.endsWith('.*') && eventType.startsWith(pattern.slice(0, -1))
  })
}
