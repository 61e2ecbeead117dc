import { startServer } from '#benchmarks/support/start_server'

/** Starts the synthetic chain in a process of its own. */
export async function startChain(blocks: number) {
  const file = new URL('./chain_server.ts', import.meta.url)
  const { said, stop } = await startServer<{ port: number }>(file, { BENCH_BLOCKS: String(blocks) })
  return { url: `http://127.0.0.1:${said.port}`, stop }
}
