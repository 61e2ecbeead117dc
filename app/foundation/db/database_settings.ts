import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { OperatorError } from '#foundation/errors'

/**
 * Makes the folder of the SQLite file.
 *
 * @throws OperatorError when there can be none
 */
export function makeFolderOf(filename: string) {
  try {
    mkdirSync(dirname(filename), { recursive: true })
  } catch (error) {
    throw new OperatorError(
      `The folder of DATABASE_PATH cannot be made (${(error as NodeJS.ErrnoException).code}). ` +
        'Name one that may be written to. Example: DATABASE_PATH=./data/app.sqlite'
    )
  }
}

const EXAMPLE = 'Example: DATABASE_URL=postgres://regou:secret@127.0.0.1:5432/regou'

/**
 * Reads DATABASE_URL as the driver will, before the first query needs it.
 *
 * @throws OperatorError when it is not set, or the driver cannot use it, such as for a certificate that is not there
 */
export async function requireUsable(url: string | undefined) {
  // PGHOST and its kind name a server as well.
  if (url === undefined && process.env.PGHOST === undefined) {
    throw new OperatorError(`DB_CONNECTION=pg needs DATABASE_URL. ${EXAMPLE}`)
  }
  const { default: pg } = await import('pg')
  try {
    new pg.Client({ connectionString: url })
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    const reason =
      syscall === 'open'
        ? `a certificate or key that it names cannot be read (${code})`
        : 'its parts'
    throw new OperatorError(`DATABASE_URL cannot be used: look at ${reason}. ${EXAMPLE}`)
  }
}

/** What knex's own logger says once more of an error that it throws as well, with its host. */
const SAID_TWICE = /^Acquire connection error/

/** Knex's warnings, without those that reach their reader as an error. */
export function withoutRepetition(warn: (message: string) => void) {
  return (message: string) => {
    if (!SAID_TWICE.test(message)) warn(message)
  }
}
