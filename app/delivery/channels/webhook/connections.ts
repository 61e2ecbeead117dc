import { Client } from 'undici'

/**
 * Connections that are kept, by origin. Each carries one request at a time, and the one used last
 * goes next, so that those of a busy hour close when it is over. A pool of undici looks through all
 * of its connections twice for each request, which takes a twentieth of the time of a webhook.
 */
export class Connections {
  readonly #options: Client.Options
  readonly #open = new Set<Client>()
  readonly #idle = new Map<string, Client[]>()

  constructor(options: Client.Options) {
    this.#options = options
  }

  /** One that carries nothing; it connects when a request is dispatched. */
  take(origin: string): Client {
    const idle = this.#idle.get(origin)?.pop()
    if (idle) {
      return idle
    }
    const client = new Client(origin, this.#options)
    this.#open.add(client)
    return client
  }

  /** Keeps it for the next request to that origin. */
  keep(origin: string, client: Client) {
    const idle = this.#idle.get(origin)
    if (idle) {
      idle.push(client)
    } else {
      this.#idle.set(origin, [client])
    }
  }

  /** Cuts what it carries, or what it may still be trying. */
  drop(client: Client) {
    this.#open.delete(client)
    void client.destroy()
  }

  async close() {
    this.#idle.clear()
    await Promise.all([...this.#open].map((client) => client.destroy()))
  }
}
