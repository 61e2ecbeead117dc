import { startServer } from '#benchmarks/support/start_server'

/** Everybody writes within so long, in milliseconds. */
const TALK_MS = 10_000

/** A person on the play server, and what speaks for their bot. */
export interface Phone {
  userWxId: string
  botId: string
  botToken: string
}

/** Starts the play server with so many people in a process of its own. */
export async function startPhones(bindings: number) {
  const file = new URL('./phones_server.ts', import.meta.url)
  const environment = { BENCH_BINDINGS: String(bindings), BENCH_TALK_MS: String(TALK_MS) }
  const { said, stop } = await startServer<{ url: string }>(file, environment)
  return { url: said.url, stop }
}

/** What the play server tells, in a contender that is given its address. */
export async function askPhones<T>(path: 'people' | 'polled' | 'talk'): Promise<T> {
  const response = await fetch(`${process.env.BENCH_PHONES}/${path}`)
  return (await response.json()) as T
}
