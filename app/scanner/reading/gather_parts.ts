import type { RangeRead } from '#scanner/reading/read_range'

/** A commit of about so many logs costs the database half of what many small ones do. */
const LOGS_PER_COMMIT = 16_000

/** A commit waits for at most so many parts, so that a slow endpoint does not hold back what is read. */
const PARTS_PER_COMMIT = 8

/** Joins neighbouring parts of a range until they are worth a commit of their own. */
export async function* gatherParts(parts: AsyncIterable<RangeRead>): AsyncGenerator<RangeRead> {
  let gathered: RangeRead | undefined
  let count = 0

  for await (const part of parts) {
    gathered = gathered ? join(gathered, part) : part
    count++
    if (gathered.logs.length >= LOGS_PER_COMMIT || count === PARTS_PER_COMMIT) {
      yield gathered
      gathered = undefined
      count = 0
    }
  }
  if (gathered) {
    yield gathered
  }
}

function join(first: RangeRead, second: RangeRead): RangeRead {
  return {
    from: first.from,
    to: second.to,
    logs: [...first.logs, ...second.logs],
    gaps: [...first.gaps, ...second.gaps],
  }
}
