import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts the receiver in a process of its own; it answers each request after `delayMs`. */
export async function startReceiver(delayMs = 0) {
  const child = fork(fileURLToPath(new URL('./receiver_server.ts', import.meta.url)), {
    env: { ...process.env, BENCH_DELAY_MS: String(delayMs) },
    execArgv: ['--import=@poppinss/ts-exec'],
  })
  const { port } = await new Promise<{ port: number }>((resolve) => {
    child.once('message', (message) => resolve(message as { port: number }))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() }
}
