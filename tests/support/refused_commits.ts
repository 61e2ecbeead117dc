import db from '@adonisjs/lucid/services/db'
import { getActiveTest } from '@japa/runner'

/**
 * Lets COMMIT fail, and nothing before it, of each transaction that inserts into `table` a row for
 * which `condition` holds: by a deferred constraint, as it would at a full disk or in a conflict.
 *
 * @param condition SQL about `new`
 * @returns what ends it; it ends with the test as well
 */
export async function refuseCommits(table: string, condition = '1 = 1') {
  const isPostgres = db.connection().dialect.name === 'postgres'
  const { begin, end } = isPostgres ? onPostgres(table, condition) : onSqlite(table, condition)

  for (const statement of begin) await db.rawQuery(statement)
  let isOver = false
  const allow = async () => {
    if (isOver) return
    isOver = true
    for (const statement of end) await db.rawQuery(statement)
  }
  getActiveTest()?.cleanup(allow)
  return allow
}

/** 40001, so that it is a conflict and not about what the row holds. */
function onPostgres(table: string, condition: string) {
  return {
    begin: [
      `create function refuse_commit() returns trigger language plpgsql as
       $$ begin raise exception 'refused at COMMIT' using errcode = '40001'; end $$`,
      `create constraint trigger refuse_commit after insert on ${table}
       deferrable initially deferred for each row when (${condition})
       execute function refuse_commit()`,
    ],
    end: [`drop trigger refuse_commit on ${table}`, 'drop function refuse_commit'],
  }
}

function onSqlite(table: string, condition: string) {
  return {
    begin: [
      'create table commit_parents (id integer primary key)',
      `create table commit_children
       (id integer references commit_parents (id) deferrable initially deferred)`,
      `create trigger refuse_commit after insert on ${table} when ${condition}
       begin insert into commit_children values (1); end`,
    ],
    end: ['drop trigger refuse_commit', 'drop table commit_children', 'drop table commit_parents'],
  }
}
