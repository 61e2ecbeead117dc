/** A position of the stream such as `l123.t456`: the newest id of each kind of fact, by its letter. */
export function readPosition(text) {
  const ids = [...(text ?? '').matchAll(/([a-z])(\d+)/g)]
  return Object.fromEntries(ids.map(([, letter, id]) => [letter, Number(id)]))
}

/** The position before which nothing is missed that is missed after either. */
export function earlier(one, other) {
  const [ids, others] = [readPosition(one), readPosition(other)]
  return Object.keys(ids)
    .map((letter) => `${letter}${Math.min(ids[letter], others[letter] ?? Infinity)}`)
    .join('.')
}

/** How many facts lie between two positions, at most; 0 where the first is not behind. */
export function distance(from, to) {
  const [ids, others] = [readPosition(from), readPosition(to)]
  return Object.keys(ids).reduce((sum, letter) => {
    return sum + Math.max(0, (others[letter] ?? 0) - ids[letter])
  }, 0)
}
