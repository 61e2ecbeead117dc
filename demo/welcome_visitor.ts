import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { systemClock } from '#foundation/clock'
import type { VenueAccount } from '#demo/okx/venue_account'
import type { DemoEnvironment } from '#demo/processes/environment'

/** How long the plan of the visitor runs: it is there to have launches told from the beginning. */
const PLAN_FOR = '3d'

/**
 * Gives the visitor of the demo a plan and an account at OKX, as the operator would by command. The
 * wallet has an account here from now on, into which its owner logs in later.
 *
 * @param wallet its address
 * @throws with what a command printed, when it fails
 */
export async function welcomeVisitor(
  root: string,
  { variables, databasePath }: DemoEnvironment,
  wallet: string,
  { key }: VenueAccount
) {
  const address = wallet.toLowerCase()
  const database = new Database(databasePath)
  try {
    const now = systemClock.now()
    database
      .prepare(
        `insert into users (wallet_address, created_at, updated_at) values (?, ?, ?)
         on conflict do nothing`
      )
      .run(address, now, now)
  } finally {
    database.close()
  }
  const ace = (args: string[], input: string[] = []) => {
    const running = promisify(execFile)(process.execPath, ['ace.js', ...args], {
      cwd: root,
      env: variables,
    })
    running.child.stdin!.end(input.join('\n'))
    return running
  }
  await ace(['user:grant', address, `--for=${PLAN_FOR}`, '--note=the demo'])
  const { apiKey, secret, passphrase } = key
  await ace(['okx:account', 'add', 'practice', `--user=${address}`], [apiKey, secret, passphrase])
}
