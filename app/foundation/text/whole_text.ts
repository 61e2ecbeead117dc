/**
 * Whether both databases and every receiver can hold a text. PostgreSQL refuses NUL, and half of a
 * surrogate pair has no bytes in UTF-8.
 */
export function isWholeText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/**
 * Where in a value that came from outside, however deep, the first text stands that is not whole:
 * `headers.x-key`, `events.0`. An empty path is the value itself; null: there is none. Of a name that
 * is not whole it is the place of what has it.
 *
 * @param except the name of a field that is not looked at
 */
export function brokenTextIn(value: unknown, except?: string): string | null {
  // Not by recursion: a body of 1 MB may be nested 500,000 deep.
  const waiting: [unknown, string][] = [[value, '']]
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const [part, path] = at
    if (typeof part === 'string' && !isWholeText(part)) {
      return path
    }
    if (typeof part !== 'object' || part === null) {
      continue
    }
    const entries = Object.entries(part)
    if (entries.some(([name]) => !isWholeText(name))) {
      return path
    }
    for (const [name, inner] of entries.reverse()) {
      if (name !== except) waiting.push([inner, path ? `${path}.${name}` : name])
    }
  }
  return null
}

/** Text from outside, made whole and cut to `maxLength`: for what is kept only to be read. */
export function storable(text: string, maxLength = Infinity): string {
  return text.slice(0, maxLength).replaceAll('\0', '\uFFFD').toWellFormed()
}
