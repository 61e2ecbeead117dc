/*
|--------------------------------------------------------------------------
| Container
|--------------------------------------------------------------------------
|
| What the image runs (Dockerfile). Packages and the build are in it, so this
| makes sure of a key, a chain and the tables, and then starts the processes
| as `npm start` does.
|
*/

import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate, requireChain } from './before_start.js'
import { root } from './node.js'
import { SetupError } from './run.js'
import setting from './setting.cjs'

const isReady = await prepare().catch((error) => {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message.replace(/^/gm, 'container | '))
  process.exitCode = error.exitCode
})
if (isReady) await import('./start.js')

async function prepare() {
  requireChain()
  keepKey()
  await migrate()
  return true
}

/**
 * Without an APP_KEY in the environment one is made, and kept with the data: what is stored can be read by
 * every later container, and by no other key.
 */
function keepKey() {
  if (setting('APP_KEY')) return

  const path = join(process.env.ENV_PATH ?? root, '.env')
  const key = randomBytes(32).toString('base64url')
  try {
    writeFileSync(path, `APP_KEY=${key}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    throw new SetupError(
      `${path} cannot be written (${error.code}), to keep an APP_KEY. Let the folder belong to user ${process.getuid()}, or set APP_KEY.`
    )
  }
  console.log(`container | An APP_KEY was made, and is kept in ${path}`)
}
