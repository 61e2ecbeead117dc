/** More changes than this, and the words have nothing to do with each other. */
const MOST_CHANGES = 4

/** The candidate that a mistyped word was probably meant to be, whatever its case, or null. */
export function nearestWord(word: string, candidates: readonly string[]): string | null {
  const ranked = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= MOST_CHANGES)
    .map((candidate) => ({
      candidate,
      changes: changesBetween(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.changes - b.changes)

  const best = ranked[0]
  return best && best.changes <= Math.min(MOST_CHANGES, word.length / 2) ? best.candidate : null
}

/** The same as the end of a sentence, or nothing: ` Did you mean "trade"?` */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = nearestWord(word, candidates)
  return meant ? ` Did you mean "${meant}"?` : ''
}

/** The letters to insert, delete or replace (Levenshtein's distance). */
function changesBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (let column = 1; column <= to.length; column++) {
      const replaced = row[column - 1]! + (letter === to[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[column]! + 1, next[column - 1]! + 1))
    }
    row = next
  }
  return row[to.length]!
}
