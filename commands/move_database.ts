import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import moves from '#config/moves'
import { printAside } from '#foundation/cli/print'
import { printList } from '#foundation/cli/print_list'
import { ProgressPrinter, type Progress } from '#foundation/cli/progress'
import { systemClock } from '#foundation/clock'
import { explainUnusableDatabase } from '#foundation/db/explain_database'
import { OperatorError } from '#foundation/errors'
import {
  isEqual,
  moveDatabase,
  type MovedTableReport,
  type MoveProgress,
} from '#moves/move_database'
import type { DatabaseSide } from '#moves/database_side'
import { PostgresSide } from '#moves/postgres_side'
import { SqliteSide } from '#moves/sqlite_side'

/** Both were read, and some row is not the same. */
const DIFFERENT = 4

export default class MoveDatabase extends BaseCommand {
  static commandName = 'move:database'
  static description = 'Copy all that is stored from SQLite to PostgreSQL, or back, and compare'
  static help = [
    'Between DATABASE_PATH and DATABASE_URL. Stop everything first, and make the tables of the target,',
    'which is to be empty. Cut short, the same command goes on where it was. At its end both are read',
    'and compared; run again later, it compares them again.',
    '```',
    'npx pm2 delete ecosystem.config.cjs',
    'DB_CONNECTION=pg node ace migration:run --force',
    '{{ binaryName }} move:database pg',
    '```',
    'Then set DB_CONNECTION=pg. The database that was copied stays as it is.',
    'Exit codes: 0 both hold the same, 1 refused or failed, 4 some rows differ: they are named.',
  ]
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Where everything goes: pg or sqlite' })
  declare target: string

  @flags.boolean({ description: 'Print the sums of each table as JSON on stdout' })
  declare json?: boolean

  async run() {
    const [from, to] = await this.#sides().catch((error) => {
      throw explainUnusableDatabase(error)
    })
    const progress = new MovePrinter()
    try {
      const report = await moveDatabase(from, to, {
        clock: systemClock,
        onProgress: (now) => progress.show(now),
      })
      progress.finish()
      this.#print(report, to)
    } finally {
      await from.close()
      await to.close()
    }
  }

  async #sides(): Promise<[DatabaseSide, DatabaseSide]> {
    if (this.target !== 'pg' && this.target !== 'sqlite') {
      throw new OperatorError(`${this.target} is no target: name pg or sqlite`)
    }
    const { path, url } = moves
    if (!url) {
      throw new OperatorError(
        'DATABASE_URL is not set. Example: DATABASE_URL=postgres://regou:secret@127.0.0.1:5432/regou'
      )
    }
    const sqlite = new SqliteSide(path)
    const postgres = await PostgresSide.open(url)
    return this.target === 'pg' ? [sqlite, postgres] : [postgres, sqlite]
  }

  #print(report: readonly MovedTableReport[], to: DatabaseSide) {
    const different = report.filter((table) => !isEqual(table))
    printList(report, {
      isJson: this.json,
      columns: {
        table: ({ table }) => table,
        rows: ({ source }) => source.rows,
        checksum: ({ source }) => source.checksum,
        compared: (table) => (isEqual(table) ? 'equal' : 'different'),
      },
    })
    for (const { table, source, target, differences } of different) {
      printAside(`${table}: ${source.rows} rows, and ${target.rows} on ${to.name}\n`)
      for (const { key, what } of differences) {
        printAside(`  ${key}: ${typeof what === 'string' ? what : what.columns.join(', ')}\n`)
      }
    }
    if (different.length > 0) {
      this.exitCode = DIFFERENT
      return
    }
    const connection = to.name === 'SQLite' ? 'sqlite' : 'pg'
    printAside(
      `Both hold the same. Now: DB_CONNECTION=${connection} in .env, then start everything.\n`
    )
  }
}

/** A bar for each of the two stages. */
class MovePrinter {
  #printer?: ProgressPrinter
  #last?: Progress
  #stage?: MoveProgress['stage']
  #beganAt = 0

  show({ stage, table, done, total }: MoveProgress) {
    if (stage !== this.#stage) {
      this.finish()
      this.#stage = stage
      this.#beganAt = systemClock.elapsed()
      this.#printer = new ProgressPrinter(systemClock)
    }
    const elapsedMs = systemClock.elapsed() - this.#beganAt
    this.#last = { done, total, elapsedMs, unit: 'rows', yield: stage, detail: table }
    this.#printer!.show(this.#last)
  }

  finish() {
    if (this.#last) this.#printer!.finish(this.#last)
  }
}
