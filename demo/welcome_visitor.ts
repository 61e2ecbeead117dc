import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { systemClock } from '#foundation/clock'
import type { VenueAccount } from '#demo/okx/venue_account'
import type { DemoEnvironment } from '#demo/processes/environment'

/**
 * Gives the visitor of the demo an account at OKX, as the operator would by command. The wallet has an
 * account here from now on, into which its owner logs in later.
 *
 * @param wallet its address
 * @throws with what the command printed, when it fails
 */
export async function addVisitor(
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
  const args = ['ace.js', 'okx:account', 'add', 'practice', `--user=${address}`]
  const adding = promisify(execFile)(process.execPath, args, { cwd: root, env: variables })
  adding.child.stdin!.end([key.apiKey, key.secret, key.passphrase].join('\n'))
  await adding
}
