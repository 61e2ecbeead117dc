import { createInterface } from 'node:readline'

const MOST_LINES = 12

/**
 * Listens to what a child says on stderr, for as long as it lives, and answers a function that
 * gives the last lines of it.
 */
export function lastWords(stderr: NodeJS.ReadableStream): () => string {
  const lines: string[] = []
  createInterface({ input: stderr }).on('line', (line) => {
    lines.push(line)
    if (lines.length > MOST_LINES) lines.shift()
  })
  return () => lines.join('\n').trim()
}
