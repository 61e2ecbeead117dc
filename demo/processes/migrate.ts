import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { DemoEnvironment } from '#demo/processes/environment'
import { say } from '#demo/processes/output'

/**
 * Creates the tables of the demo's database.
 *
 * @throws with what the migration printed, when it fails
 */
export async function migrate(root: string, { variables, databasePath }: DemoEnvironment) {
  const args = ['ace.js', 'migration:run', '--force', '--compact-output', '--no-schema-generate']

  await promisify(execFile)(process.execPath, args, { cwd: root, env: variables })
  say('data', `new database ${databasePath}`)
}
