import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { OperatorError } from '#foundation/errors'

/** A row of the earlier application, of which nothing is certain. */
export type LegacyRow = Readonly<Record<string, unknown>>

/**
 * The database of the earlier application (`app.sqlite`), read and never written: tables and columns are
 * those of the original specification, each of which may be missing.
 */
export class LegacyFile {
  readonly #database: Database.Database

  /** @throws OperatorError where it is none of its databases */
  constructor(path: string) {
    if (!existsSync(path)) throw new OperatorError(`There is no file ${path}`)
    try {
      this.#database = new Database(path, { readonly: true, fileMustExist: true })
      this.#database.pragma('schema_version')
    } catch (error) {
      throw new OperatorError(`${path} cannot be read as an SQLite database: ${wordsOf(error)}`)
    }
    const isOurs = this.has('adonis_schema')
    if (isOurs || !this.has('launch_events')) {
      this.close()
      throw new OperatorError(
        isOurs
          ? `${path} is a database of Regou itself: to put one back, use node ace restore`
          : `${path} has no table launch_events: name the app.sqlite of the earlier application`
      )
    }
  }

  has(table: string): boolean {
    const found = this.#database
      .prepare("select 1 from sqlite_master where name = ? and type in ('table', 'view')")
      .get(table)
    return found !== undefined
  }

  /** The rows of a table, one after the other; none where there is no such table. */
  *rows(table: string): Generator<LegacyRow, void> {
    if (!this.has(table)) return
    try {
      for (const row of this.#database.prepare(`select * from "${table}"`).iterate()) {
        yield row as LegacyRow
      }
    } catch (error) {
      throw new OperatorError(
        `The table ${table} cannot be read to its end: ${wordsOf(error)}. What came before it is stored; mend the file (sqlite3 app.sqlite .recover) and run this again`
      )
    }
  }

  close() {
    this.#database.close()
  }
}

function wordsOf(error: unknown): string {
  return (error as Error).message
}
