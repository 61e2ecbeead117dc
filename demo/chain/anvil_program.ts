import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { OperatorError } from '#foundation/errors'

/** Node's words for processors in the words of Foundry's packages. */
const PROCESSORS: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

/**
 * How many states of the past a chain keeps, all of them in memory: what a watcher may still ask
 * for that was away for a few minutes. Left to itself anvil writes every older one below the home
 * directory, megabytes in each second of a busy market, and leaves them there when it is killed.
 */
export const KEPT_STATES = 500

/** What to do where anvil does not run. */
export const WITHOUT_ANVIL =
  'What it needs: Linux with glibc 2.35 or later (Ubuntu 22.04, Debian 12), macOS or Windows, on x64 or arm64. ' +
  'Elsewhere name an anvil of your own (ANVIL_PATH=/path/to/anvil npm run demo), or read a real chain: ' +
  'BSC_RPC_URL in .env and npm start.'

/**
 * The anvil executable: that of ANVIL_PATH, or the one that npm brought. The package's own starter
 * adds a process that signals have to pass, so the executable is taken from the platform's package
 * directly.
 *
 * @throws OperatorError when there is none
 */
export function anvilPath(given = process.env.ANVIL_PATH): string {
  if (given) {
    if (existsSync(given)) return given
    throw new OperatorError('ANVIL_PATH names no file. Example: ANVIL_PATH=/usr/local/bin/anvil')
  }
  const name = `@foundry-rs/anvil-${process.platform}-${PROCESSORS[process.arch]}`
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
  const require = createRequire(
    createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json')
  )
  try {
    return require.resolve(`${name}/bin/${file}`)
  } catch (cause) {
    throw new OperatorError(
      `There is no local chain for this machine: npm did not install ${name}. ${WITHOUT_ANVIL}`,
      { cause }
    )
  }
}

/**
 * A chain with BSC's id, block interval and gas limit; `finalized` is two blocks behind the head,
 * as BSC's fast finality is. Without `blockSeconds` a block is mined per transaction.
 */
export function anvilArguments(port: number, blockSeconds?: number): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...['--chain-id', '56', '--gas-limit', '55000000', '--block-base-fee-per-gas', '0'],
    ...['--slots-in-an-epoch', '1', '--silent', '--prune-history', String(KEPT_STATES)],
    ...(blockSeconds ? ['--block-time', String(blockSeconds)] : []),
  ]
}
