import { Agent, request } from 'node:http'
import { systemClock } from '#foundation/clock'

/** The pause of a client between two requests, and of a reader before the next stream, in milliseconds. */
const PAUSE_MS = 20

/**
 * Visitors of a web application: clients that ask again and again on one connection each, and readers of a
 * stream who come back when it ends. Nothing is tried a second time: whatever fails is counted.
 */
export class WebLoad {
  answered = 0
  readonly failures: string[] = []
  /** How often each reader has opened its stream. */
  readonly opened: number[] = []
  readonly #url: URL
  readonly #over = new AbortController()
  readonly #visits: Promise<unknown>[] = []

  constructor(url: string) {
    this.#url = new URL(url)
  }

  start(clients: number, readers: number) {
    for (let client = 0; client < clients; client++) this.#visits.push(this.#ask())
    for (let reader = 0; reader < readers; reader++) {
      this.opened[reader] = 0
      this.#visits.push(this.#read(reader))
    }
  }

  async stop() {
    this.#over.abort()
    await Promise.all(this.#visits)
  }

  async #ask() {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (!this.#over.signal.aborted) {
      await this.#visit('/health/live', agent, () => void this.answered++)
      await systemClock.sleep(PAUSE_MS)
    }
    agent.destroy()
  }

  async #read(reader: number) {
    while (!this.#over.signal.aborted) {
      await this.#visit(
        '/api/v1/stream',
        undefined,
        () => void this.opened[reader]!++,
        this.#over.signal
      )
      await systemClock.sleep(PAUSE_MS)
    }
  }

  /** Asks once, and notes what went wrong before the answer ended. */
  async #visit(path: string, agent: Agent | undefined, onAnswer: () => void, signal?: AbortSignal) {
    try {
      await new Promise<void>((resolve, reject) => {
        const asking = request(new URL(path, this.#url), { agent, signal }, (response) => {
          if (response.statusCode !== 200)
            return reject(new Error(`${path} ${response.statusCode}`))
          onAnswer()
          response.resume().once('error', reject).once('end', resolve)
        })
        asking.once('error', reject).end()
      })
    } catch (error) {
      if (!signal?.aborted) this.failures.push(`${path}: ${(error as Error).message}`)
    }
  }
}
