/** Told to those who ask for it by name: whoever wants the whole market wants no news of us. */
const BY_NAME = ['payment.credited', 'push.alert']

/** Says whether an endpoint wants an event: by its exact type, by `launch.*`, or by `*`. */
export function wantsEvent(patterns: readonly string[], eventType: string): boolean {
  return patterns.some((pattern) => {
    if (pattern === '*') {
      return !BY_NAME.includes(eventType)
    }
    const isFamily = pattern.endsWith('.*') && eventType.startsWith(pattern.slice(0, -1))
    return pattern === eventType || isFamily
  })
}
