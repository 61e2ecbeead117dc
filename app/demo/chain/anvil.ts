import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { once } from 'node:events'
import { systemClock } from '#foundation/clock'

/** Node's words for processors in the words of Foundry's packages. */
const PROCESSORS: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

/** How long a chain may take to answer its first question, in milliseconds. */
const START_DEADLINE_MS = 15_000

/**
 * The anvil executable. The package's own starter adds a process that signals have to pass, so
 * the executable is taken from the platform's package directly.
 *
 * @throws when npm has no anvil for this platform
 */
export function anvilPath(): string {
  const name = `@foundry-rs/anvil-${process.platform}-${PROCESSORS[process.arch]}`
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
  const require = createRequire(
    createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json')
  )
  try {
    return require.resolve(`${name}/bin/${file}`)
  } catch (cause) {
    throw new Error(`There is no local chain for this machine: npm did not install ${name}`, {
      cause,
    })
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
    ...['--slots-in-an-epoch', '1', '--silent'],
    ...(blockSeconds ? ['--block-time', String(blockSeconds)] : []),
  ]
}

export interface AnvilOptions {
  port: number
  blockSeconds?: number
  /** A process group of its own, which Ctrl+C does not reach. */
  detached?: boolean
}

export interface Anvil {
  url: string
  process: ChildProcess
  /** Ends the chain and resolves when it is gone. */
  stop(): Promise<void>
}

/**
 * Starts a local chain and waits until it answers.
 *
 * @throws when it ends or stays silent instead
 */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const child = spawn(anvilPath(), anvilArguments(options.port, options.blockSeconds), {
    stdio: 'ignore',
    detached: options.detached,
  })
  const exited = once(child, 'exit')
  const url = `http://127.0.0.1:${options.port}`

  await Promise.race([
    answers(url),
    exited.then(([code]) => {
      throw new Error(`anvil ended with exit code ${code} instead of serving port ${options.port}`)
    }),
  ])

  const stop = async () => {
    child.kill('SIGKILL')
    await exited
  }
  return { url, process: child, stop }
}

async function answers(url: string) {
  const question = { jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }
  const deadline = systemClock.now() + START_DEADLINE_MS

  while (systemClock.now() < deadline) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    }).catch(() => null)
    if (response?.ok) return
    await systemClock.sleep(20)
  }
  throw new Error(`The chain at ${url} did not answer within ${START_DEADLINE_MS} ms`)
}
