import Database from 'better-sqlite3'

const LOOK_EVERY_MS = 1

/**
 * Reads the scanner's cursor on a connection of its own after every commit of another one: what it
 * sees is what every reader of the database sees.
 *
 * @returns a function that ends the watch
 */
export function watchCursor(databasePath: string, onBlock: (block: number) => void): () => void {
  const database = new Database(databasePath, { readonly: true })
  const cursor = database
    .prepare(`select block_number from scan_cursors where name like 'chain:%'`)
    .pluck()
  let seenVersion = 0
  let seenBlock: number | undefined

  const timer = setInterval(() => {
    const version = database.pragma('data_version', { simple: true }) as number
    if (version === seenVersion) {
      return
    }
    seenVersion = version
    const block = cursor.get() as number | undefined
    if (block === undefined) {
      return
    }
    for (let passed = (seenBlock ?? block - 1) + 1; passed <= block; passed++) {
      onBlock(passed)
    }
    seenBlock = block
  }, LOOK_EVERY_MS)

  return () => {
    clearInterval(timer)
    database.close()
  }
}
