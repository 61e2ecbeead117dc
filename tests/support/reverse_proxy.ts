import { once } from 'node:events'
import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from '@japa/runner/core'

/** A reverse proxy as nginx or Caddy: where the application does not answer, it answers 502. */
export class ReverseProxy {
  /** The address of the application. */
  target: string
  /** While true it does not reach the application. */
  #isCutOff = false
  readonly #server: Server
  /** Answers that are under way, such as streams. */
  readonly #open = new Set<ServerResponse>()
  readonly #answered: { path: string; status: number }[] = []
  readonly #waiting = new Set<() => void>()

  /** Listens until the test ends. */
  static async start(test: TestContext['test'], target: string) {
    const proxy = new ReverseProxy(target)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    test.cleanup(() => {
      proxy.#cut()
      proxy.#server.close()
      proxy.#server.closeAllConnections()
    })
    return proxy
  }

  private constructor(target: string) {
    this.target = target
    this.#server = createServer((asked, answer) => this.#pass(asked, answer))
  }

  url(path: string) {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`
  }

  /** As when the application ends: what is open breaks off, and everything else is a 502. */
  loseApplication() {
    this.#isCutOff = true
    this.#cut()
  }

  findApplication() {
    this.#isCutOff = false
  }

  /** Resolves once it has given so many answers with a status to what begins with a path. */
  async hasAnswered(path: string, status: number, times = 1) {
    const count = () =>
      this.#answered.filter((one) => one.path.startsWith(path) && one.status === status).length
    while (count() < times) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  #pass(asked: IncomingMessage, answer: ServerResponse) {
    this.#open.add(answer)
    answer.once('close', () => this.#open.delete(answer))
    if (this.#isCutOff) return this.#answer(asked, answer, 502)

    const { method, headers, url } = asked
    const onward = request(
      new URL(url!, this.target),
      { method, headers, agent: false },
      (back) => {
        this.#answer(asked, answer, back.statusCode!, back)
      }
    )
    onward.once('error', () => {
      if (answer.headersSent) answer.destroy()
      else this.#answer(asked, answer, 502)
    })
    answer.once('close', () => onward.destroy())
    asked.pipe(onward)
  }

  #answer(asked: IncomingMessage, answer: ServerResponse, status: number, from?: IncomingMessage) {
    answer.writeHead(status, from?.headers)
    if (from) from.once('error', () => answer.destroy()).pipe(answer)
    else answer.end()

    this.#answered.push({ path: asked.url!, status })
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }

  #cut() {
    for (const answer of this.#open) answer.destroy()
  }
}
