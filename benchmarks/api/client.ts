import { Pool } from 'undici'
import { median, percentile } from '#benchmarks/support/measure'

/** Asks the web application, and says how long its answers took. */
export class Client {
  readonly #headers: Record<string, string>
  readonly #pool: Pool

  constructor(url: string, token: string, connections: number) {
    // As browsers and most programs ask.
    this.#headers = { 'authorization': `Bearer ${token}`, 'accept-encoding': 'gzip, br' }
    this.#pool = new Pool(url, { connections })
  }

  /** What a path answers, as JSON. */
  async read(path: string): Promise<any> {
    const { body } = await this.#pool.request({ path, method: 'GET' })
    return body.json()
  }

  /**
   * Milliseconds from the request to the end of its answer.
   *
   * @throws when the answer is no success
   */
  async ask(path: string): Promise<number> {
    const start = performance.now()
    const { statusCode, body } = await this.#pool.request({
      path,
      method: 'GET',
      headers: this.#headers,
    })
    await body.dump()
    if (statusCode !== 200) {
      throw new Error(`${path} answered ${statusCode}`)
    }
    return performance.now() - start
  }

  /**
   * The median of some requests, one after the other, in milliseconds. Each asks for a row less than the one
   * before: readers of one URL share an answer.
   */
  async usual(path: string, times: number): Promise<number> {
    const waits: number[] = []
    for (let time = 0; time < times; time++) {
      const limit = path.startsWith('/api/')
        ? `${path.includes('?') ? '&' : '?'}limit=${50 - time}`
        : ''
      waits.push(await this.ask(`${path}${limit}`))
    }
    return median(waits)
  }

  /**
   * All connections ask at once for so long (milliseconds): requests in a second, the p95 in ms, and what
   * a request costs the server, in milliseconds of a processor.
   */
  async load(path: string | (() => string), connections: number, forMs: number) {
    const used = await this.#cpuMs()
    const start = performance.now()
    const waits: number[] = []
    const askOn = async () => {
      while (performance.now() - start < forMs) {
        waits.push(await this.ask(typeof path === 'string' ? path : path()))
      }
    }
    await Promise.all(Array.from({ length: connections }, askOn))
    const seconds = (performance.now() - start) / 1000
    const sorted = waits.toSorted((one, other) => one - other)
    const cpuMs = ((await this.#cpuMs()) - used) / waits.length
    return { rps: waits.length / seconds, p95: percentile(sorted, 0.95), cpuMs }
  }

  async #cpuMs(): Promise<number> {
    const { user, system } = await this.read('/cpu')
    return (user + system) / 1000
  }

  async close() {
    await this.#pool.close()
  }
}
