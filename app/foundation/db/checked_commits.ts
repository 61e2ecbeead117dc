import type { Database as SqliteConnection } from 'better-sqlite3'
import type { Knex } from 'knex'

/** A COMMIT that PostgreSQL answered with ROLLBACK: a statement of the transaction had failed before. */
export class TransactionRolledBack extends Error {
  name = 'TransactionRolledBack'

  constructor() {
    super('The database rolled the transaction back: one of its statements had failed')
  }
}

type BeginTransaction = (
  container: (trx: Knex.Transaction) => unknown,
  ...rest: unknown[]
) => Promise<unknown>

/**
 * Makes each transaction of a database client reject when its COMMIT failed: those of the
 * application, of models and of migrations. knex's own `commit()` resolves all the same; only the
 * `executionPromise` of the transaction rejects. https://github.com/knex/knex/issues/3847
 */
export function checkCommits(client: Knex.Client) {
  const begin = client.transaction.bind(client) as unknown as BeginTransaction
  const beginChecked: BeginTransaction = (container, ...rest) =>
    begin((trx) => container(withCheck(trx)), ...rest)
  Object.assign(client, { transaction: beginChecked })
}

/** What is answered to COMMIT; of PostgreSQL it names what was done. */
type CommitAnswer = { response?: { command?: string } } | undefined

function withCheck(trx: Knex.Transaction): Knex.Transaction {
  const commit = trx.commit as (value?: unknown) => PromiseLike<CommitAnswer>

  const checkedCommit = async (value?: unknown) => {
    const answer = await commit(value)
    await trx.executionPromise
    if (answer?.response?.command === 'ROLLBACK') {
      throw new TransactionRolledBack()
    }
    return answer
  }
  return Object.assign(trx, { commit: checkedCommit })
}

/**
 * Lets a connection of SQLite end a transaction whose COMMIT was refused. SQLite leaves it open,
 * so that it can be tried again; the next user of the connection would be inside it.
 * https://sqlite.org/lang_transaction.html
 */
export function rollBackRefusedCommits(connection: SqliteConnection) {
  const prepare = connection.prepare.bind(connection)

  const prepareChecked = (sql: string) => {
    const statement = prepare(sql)
    if (!/^\s*commit\b/i.test(sql)) {
      return statement
    }
    const run = statement.run.bind(statement)
    return Object.assign(statement, {
      run: (...bindings: unknown[]) => {
        try {
          return run(...bindings)
        } catch (error) {
          if (connection.inTransaction) connection.exec('rollback')
          throw error
        }
      },
    })
  }
  Object.assign(connection, { prepare: prepareChecked })
}
