// What has to be true before the processes start, on a machine (bin/setup.js) and in a container (bin/container.js).
import { suitableNode } from './node.js'
import { run, SetupError } from './run.js'
import setting from './setting.cjs'

const WITHOUT_CHAIN =
  'BSC_RPC_URL is not set, so there is no chain to read. Name one or more endpoints that serve\n' +
  'eth_getLogs in .env, for example BSC_RPC_URL=https://bsc.example.com/v1/your-key\n' +
  'To look around without one: npm run demo'

/** @throws SetupError when there is no chain to read */
export function requireChain() {
  if (!setting('BSC_RPC_URL')) throw new SetupError(WITHOUT_CHAIN)
}

/** Brings the tables up to date. */
export async function migrate() {
  const options = ['--force', '--compact-output', '--no-schema-generate']
  await run(suitableNode(), ['build/ace.js', 'migration:run', ...options])
}
