import { Client } from 'undici'

/**
 * Connections that are kept, by origin. Each carries one request at a time, and the one used last
 * goes next, so that those of a busy hour close when it is over. A pool of undici asks all of its
 * connections, twice for each request: docs/adr/0016.
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
    return this.#idle.get(origin)?.pop() ?? this.#add(origin)
  }

  /** Keeps it for the next request to that origin, as long as it stays connected. */
  keep(origin: string, client: Client) {
    const idle = this.#idle.get(origin)
    if (idle) {
      idle.push(client)
    } else {
      this.#idle.set(origin, [client])
    }
  }

  /** Cuts what it carries, or what it may still be trying. */
  drop(origin: string, client: Client) {
    this.#open.delete(client)
    if (this.#idle.get(origin)?.length === 0) {
      this.#idle.delete(origin)
    }
    void client.destroy()
  }

  async close() {
    this.#idle.clear()
    await Promise.all([...this.#open].map((client) => client.destroy()))
  }

  #add(origin: string): Client {
    const client = new Client(origin, this.#options)
    this.#open.add(client)
    client.on('disconnect', () => this.#dropIdle(origin, client))
    return client
  }

  /** One that carries a request connects again by itself, or its request fails. */
  #dropIdle(origin: string, client: Client) {
    const idle = this.#idle.get(origin) ?? []
    const place = idle.indexOf(client)
    if (place !== -1) {
      idle.splice(place, 1)
      this.drop(origin, client)
    }
  }
}
