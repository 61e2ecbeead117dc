import { Client } from 'undici'
import type { AddressGuard } from '#foundation/net/address_guard'
import { GuardedDialer } from '#foundation/net/guarded_dialer'
import type { UnconnectedError } from '#foundation/net/guarded_dialer'

/** HTTP/1.1, and no time limits: each request has a deadline of its own. */
const OPTIONS: Client.Options = { allowH2: false, headersTimeout: 0, bodyTimeout: 0 }

/**
 * Connections that are kept, by origin. Each carries one request at a time, and the one used last
 * goes next, so that those of a busy hour close when it is over. A pool of undici asks all of its
 * connections, twice for each request: docs/adr/0016.
 */
export class Connections {
  readonly #guard: AddressGuard
  readonly #open = new Map<Client, GuardedDialer>()
  readonly #idle = new Map<string, Client[]>()

  /** @param guard says which addresses may be connected to */
  constructor(guard: AddressGuard) {
    this.#guard = guard
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

  /** Cuts what it carries, or is still trying, and answers what it was waiting for to be connected. */
  drop(origin: string, client: Client): UnconnectedError | null {
    const dialer = this.#open.get(client)
    const pending = dialer?.pending ?? null
    this.#open.delete(client)
    if (this.#idle.get(origin)?.length === 0) {
      this.#idle.delete(origin)
    }
    void client.destroy()
    dialer?.stop()
    return pending
  }

  async close() {
    this.#idle.clear()
    const closing = [...this.#open].map(([client, dialer]) => {
      dialer.stop()
      return client.destroy()
    })
    await Promise.all(closing)
  }

  #add(origin: string): Client {
    const dialer = new GuardedDialer(this.#guard)
    const client = new Client(origin, { ...OPTIONS, connect: dialer.connect })
    this.#open.set(client, dialer)
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
