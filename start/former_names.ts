/*
|--------------------------------------------------------------------------
| Names of the original specification
|--------------------------------------------------------------------------
|
| Settings that it names and that have another name here, or no use. The web
| application says so at its start: what is set and changes nothing would be
| missed only when it matters.
|
*/

import logger from '@adonisjs/core/services/logger'
import env from '#start/env'

const FORMER_NAMES = {
  SESSION_SECRET: 'APP_KEY encrypts sessions',
  FLAP_API_BASE_URL: 'Flap is read from the chain (BSC_RPC_URL)',
  FLAP_API_KEY: 'Flap is read from the chain (BSC_RPC_URL)',
} as const

for (const [name, instead] of Object.entries(FORMER_NAMES)) {
  if (env.get(name as keyof typeof FORMER_NAMES)) logger.warn(`${name} has no effect: ${instead}`)
}

const port = env.get('SERVER_PORT')
if (port !== undefined && !process.env.PORT) {
  // The server reads its port there.
  process.env.PORT = String(port)
} else if (port !== undefined && String(port) !== process.env.PORT) {
  logger.warn(`SERVER_PORT has no effect: PORT is set to ${process.env.PORT}`)
}
