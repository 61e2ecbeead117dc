import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalChain } from '#demo/chain/local_chain'

const LOOK_EVERY_MS = 250

/** All works when it has done so for so long, in milliseconds. */
const WELL_FOR_MS = 2000

/** Sees what arrives, and what the web processes say of themselves. */
export class Watch {
  readonly #arrivals: number[] = []
  readonly #times = new Map<string, number>()
  readonly #transactions = new Set<string>()
  #firstBlock = Infinity
  readonly #ending = new AbortController()
  #states = new Map<string, string>()
  #said = new Set<string>()
  #illAt = performance.now()

  /** Starts a receiver that accepts all; answers what ends it. */
  receive(address: string): () => void {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk) => chunks.push(chunk))
      request.on('end', () => {
        response.writeHead(204).end()
        const id = String(request.headers['webhook-id'])
        this.#arrivals.push(performance.now())
        this.#times.set(id, (this.#times.get(id) ?? 0) + 1)
        this.#note(JSON.parse(Buffer.concat(chunks).toString()).data)
      })
    }).listen(9000, address)
    return () => {
      server.closeAllConnections()
      server.close()
    }
  }

  #note({ tx_hash: tx, launch_tx: launch, block_number: block }: Record<string, unknown>) {
    this.#transactions.add(String(tx ?? launch))
    this.#firstBlock = Math.min(this.#firstBlock, Number(block))
  }

  /** Asks each web process again and again. */
  look(addresses: readonly string[]) {
    addresses.forEach(async (address, place) => {
      while (!this.#ending.signal.aborted) {
        const state = await stateOf(address)
        this.#states.set(address, state)
        if (state !== 'ready') {
          this.#illAt = performance.now()
          this.#said.add(`web${place + 1} ${state}`)
        }
        await sleep(LOOK_EVERY_MS)
      }
    })
  }

  begin() {
    this.#said.clear()
  }

  /** What was said since the beginning of a fault. */
  said(): string {
    return [...this.#said].join(', ') || 'ready'
  }

  /**
   * Resolves when webhooks arrive and all web processes have been ready for a while. Answers how long it took
   * to begin with that, in milliseconds.
   *
   * @throws when it takes longer
   */
  async untilWell(withinMs: number): Promise<number> {
    const begun = performance.now()
    while (performance.now() - begun < withinMs) {
      await sleep(LOOK_EVERY_MS)
      const now = performance.now()
      const recent = this.#arrivals.at(-1) ?? 0
      const isWell = now - this.#illAt > WELL_FOR_MS && now - begun > WELL_FOR_MS
      if (isWell && now - recent < WELL_FOR_MS) return Math.max(0, this.#illAt - begun)
    }
    throw new Error(`Not well again within ${withinMs / 1000} s: ${this.said()}`)
  }

  /** The longest time without a webhook since then, in milliseconds. */
  longestSilence(begun: number): number {
    const times = [begun, ...this.#arrivals.filter((at) => at > begun), performance.now()]
    return Math.max(...times.slice(1).map((at, place) => at - times[place]!))
  }

  /** The transactions that the chain says had logs, from the first that was heard of on, against those heard of. */
  async compare({ client }: LocalChain, withinMs: number) {
    const begun = performance.now()
    const logs = await client.getLogs({ fromBlock: BigInt(this.#firstBlock), toBlock: 'latest' })
    const happened = [...new Set(logs.map(({ transactionHash }) => transactionHash as string))]
    const missing = () => happened.filter((transaction) => !this.#transactions.has(transaction))
    while (missing().length > 0 && performance.now() - begun < withinMs) await sleep(LOOK_EVERY_MS)
    const twice = [...this.#times.values()].filter((times) => times > 1).length
    return { happened: happened.length, lost: missing().length, twice }
  }

  end() {
    this.#ending.abort()
  }
}

async function stateOf(address: string): Promise<string> {
  try {
    const signal = AbortSignal.timeout(1500)
    const response = await fetch(`http://${address}:3333/health/ready`, { signal })
    if (response.status !== 200) return `answers ${response.status}`
    const { redis } = (await response.json()) as { redis?: string }
    return redis === 'ok' ? 'ready' : 'ready, redis unreachable'
  } catch {
    return 'does not answer'
  }
}
