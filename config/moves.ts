import env from '#start/env'

/** The two databases between which `move:database` copies, whichever is in use. */
const movesConfig = {
  path: env.get('DATABASE_PATH'),
  url: env.get('DATABASE_URL'),
}

export default movesConfig
