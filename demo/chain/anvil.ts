import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { systemClock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { anvilArguments, anvilPath, WITHOUT_ANVIL } from '#demo/chain/anvil_program'
import { createInterface } from 'node:readline'

/** How long a chain may take to answer its first question, in milliseconds. */
const START_DEADLINE_MS = 15_000

export interface AnvilOptions {
  port: number
  blockSeconds?: number
  /** A process group of its own, which Ctrl+C does not reach. */
  detached?: boolean
  /** What it sees of the environment; all of it unless given. */
  env?: NodeJS.ProcessEnv
}

export interface Anvil {
  url: string
  process: ChildProcess
  /** Ends the chain and resolves when it is gone. */
  stop(): Promise<void>
}

/**
 * Starts a local chain and waits until it answers. All that starts one does so here: it writes no
 * file anywhere.
 *
 * @throws OperatorError with its own words when it cannot be started, ends, or stays silent
 */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const { port, blockSeconds, detached, env } = options
  const child = spawn(anvilPath(), anvilArguments(port, blockSeconds), {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached,
    env,
  })
  const words = lastWords(child.stderr)
  // Not before its pipe is empty: what it said last is what matters.
  const exited = once(child, 'close')
  const url = `http://127.0.0.1:${port}`
  const answered = new AbortController()
  const stop = async () => {
    child.kill('SIGKILL')
    await exited
  }

  try {
    await Promise.race([
      answers(url, answered.signal),
      exited.then(
        ([code, signal]) => {
          const ending = signal ? `signal ${signal}` : `exit code ${code}`
          throw unusable(`ended with ${ending} instead of serving port ${port}`, words())
        },
        (error: Error) => {
          // Linux says ENOENT of the file also when it is the file's loader that is missing (musl).
          throw unusable('could not be started', error.message)
        }
      ),
    ])
  } catch (error) {
    if (child.pid !== undefined) await stop()
    throw error
  } finally {
    answered.abort()
  }
  return { url, process: child, stop }
}

function unusable(what: string, words: string): OperatorError {
  const said = words ? ` It said:\n${words}\n` : ' '
  return new OperatorError(`The local chain (anvil) ${what}.${said}${WITHOUT_ANVIL}`)
}

async function answers(url: string, signal: AbortSignal) {
  const question = { jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }
  const deadline = systemClock.now() + START_DEADLINE_MS

  while (systemClock.now() < deadline && !signal.aborted) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    }).catch(() => null)
    if (response?.ok) return
    await systemClock.sleep(20, signal)
  }
  throw new OperatorError(`The chain at ${url} did not answer within ${START_DEADLINE_MS} ms`)
}

const MOST_LINES = 12

/**
 * Listens to what a child says on stderr, for as long as it lives, and answers a function that
 * gives the last lines of it.
 */
function lastWords(stderr: NodeJS.ReadableStream): () => string {
  const lines: string[] = []
  createInterface({ input: stderr }).on('line', (line) => {
    lines.push(line)
    if (lines.length > MOST_LINES) lines.shift()
  })
  return () => lines.join('\n').trim()
}
