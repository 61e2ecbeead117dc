import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts the synthetic chain in a process of its own. */
export async function startChain(blocks: number) {
  const path = fileURLToPath(new URL('./chain_server.ts', import.meta.url))
  const child = fork(path, {
    env: { ...process.env, BENCH_BLOCKS: String(blocks) },
    execArgv: ['--import=@poppinss/ts-exec'],
  })
  const { port } = await new Promise<{ port: number }>((resolve) => {
    child.once('message', (message) => resolve(message as { port: number }))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() }
}
