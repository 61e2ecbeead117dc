import { startServer } from '#benchmarks/support/start_server'

/** Starts the receiver in a process of its own; it answers each request after `delayMs`. */
export async function startReceiver(delayMs = 0) {
  const file = new URL('./receiver_server.ts', import.meta.url)
  const environment = { BENCH_DELAY_MS: String(delayMs) }
  const { said, stop } = await startServer<{ port: number }>(file, environment)
  return { url: `http://127.0.0.1:${said.port}`, stop }
}
