import db from '@adonisjs/lucid/services/db'
import { getActiveTest } from '@japa/runner'

/**
 * Lets the database refuse rows of a table for what they hold, as it does a value out of its range,
 * until the test ends.
 *
 * @param column and the value that is refused
 */
export async function refuseRows(table: string, column: string, value: string | number) {
  const wrong = typeof value === 'string' ? `'${value}'` : value
  const [begin, end] =
    db.connection().dialect.name === 'postgres'
      ? [
          `alter table ${table} add constraint refused check (${column} is null or ${column} <> ${wrong})`,
          `alter table ${table} drop constraint refused`,
        ]
      : [
          `create trigger refused before insert on ${table} when new.${column} = ${wrong}
           begin select raise(abort, 'refused'); end`,
          'drop trigger refused',
        ]
  await db.rawQuery(begin)
  getActiveTest()?.cleanup(() => db.rawQuery(end))
}
