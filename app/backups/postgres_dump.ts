import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { OperatorError } from '#foundation/errors'

/**
 * Dumps a database in use with `pg_dump`, as it was at one moment, and reads the dump's list of contents
 * before it counts.
 *
 * @throws OperatorError when the program is missing, or fails
 */
export async function dumpPostgres(url: string, to: string) {
  await run('pg_dump', ['--format=custom', '--no-owner', `--file=${to}`], url)
  await run('pg_restore', ['--list', to], url)
}

/** Replaces what a database holds, in one transaction: as before when anything fails. */
export async function restorePostgres(from: string, url: string) {
  const whole = ['--clean', '--if-exists', '--no-owner', '--single-transaction', '--exit-on-error']
  const { database } = new pg.Client({ connectionString: url })
  await run('pg_restore', [...whole, `--dbname=${database}`, from], url)
}

/** The password goes by the environment: arguments can be read by every user of the machine. */
async function run(program: string, args: readonly string[], url: string) {
  const { host, port, user, password, database } = new pg.Client({ connectionString: url })
  const env = {
    ...process.env,
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGDATABASE: database,
    ...(password && { PGPASSWORD: password }),
  }
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = await once(child, 'close').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? new OperatorError(`${program} is not installed: apt-get install postgresql-client`)
      : error
  })
  if (code !== 0) {
    throw new OperatorError(`${program} failed: ${said.trim().slice(-500)}`)
  }
}
