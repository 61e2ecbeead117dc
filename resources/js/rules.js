const NOTHING = '{"addresses":[],"words":[]}'
const { watching = NOTHING } = document.querySelector('[data-watching]')?.dataset ?? {}
const { addresses, words } = JSON.parse(watching)

/** Addresses that the member who looks at this page watches, in lower case; of a visitor none. */
export const watched = new Set(addresses)

/** Whether a row of the feed is of what is watched: by its token, its creator, or a word of its name. */
export function isWatched(row) {
  const { token, creator } = row.dataset
  const name = nameOf(row).toLowerCase()
  return watched.has(token) || watched.has(creator) || words.some((word) => name.includes(word))
}

/** Symbol and name of a row. */
export function nameOf(row) {
  return row.querySelector('h2').textContent.replace(/\s+/g, ' ').trim()
}
