import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { OperatorError } from '#foundation/errors'

/** Says that what is stored may go. */
export const DESTROY = '--destroy-data'

const DELETING = ['db:wipe', 'db:truncate'].concat(
  ['fresh', 'refresh', 'reset', 'rollback'].map((what) => `migration:${what}`)
)

/**
 * Refuses the framework's commands that delete what is stored, unless the command line says that it may
 * be deleted.
 *
 * @throws OperatorError
 */
export function refuseToDestroy(name: string, argv: readonly string[]) {
  if (argv.includes(DESTROY)) return

  const because = reasonAgainst(name)
  if (!because) return
  throw new OperatorError(
    `${name} ${because}. Make a copy first (node ace backup); to go on: node ace ${name} ${DESTROY}`
  )
}

function reasonAgainst(name: string): string | null {
  if (DELETING.includes(name)) return 'deletes what is stored in the database'
  if (name === 'generate:key' && hasKey()) {
    return 'replaces APP_KEY: secrets that were sealed with it could not be read any more'
  }
  return null
}

/** The file is read here: the settings are not loaded for a command that starts no application. */
function hasKey(): boolean {
  const file = join(process.env.ENV_PATH ?? join(import.meta.dirname, '../..'), '.env')
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')).APP_KEY : undefined
  return Boolean(process.env.APP_KEY || written)
}
