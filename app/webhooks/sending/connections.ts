import { Client } from 'undici'
import type { AddressGuard } from '#foundation/net/address_guard'
import { GuardedDialer } from '#foundation/net/guarded_dialer'
import type { UnconnectedError } from '#foundation/net/guarded_dialer'
import type { HostNames } from '#foundation/net/host_names'
import { freeFiles } from '#foundation/open_files'

/** HTTP/1.1, and no time limits: each request has a deadline of its own. */
const OPTIONS: Client.Options = { allowH2: false, headersTimeout: 0, bodyTimeout: 0 }

/** The most of what may be opened that connections hold; the rest is for second addresses. */
const SHARE_OF_FILES = 0.75

interface Options {
  names?: HostNames
  /** With more open, idle ones are closed. */
  most?: number
}

/** A connection to one origin, which carries one request at a time. */
export interface Connection {
  client: Client
  dialer: GuardedDialer
  /** It carried a request before. The receiver may have closed it since. */
  isKept: boolean
}

/**
 * Connections that are kept, by origin. Each carries one request at a time, and the one used last
 * goes next, so that those of a busy hour close when it is over. A pool of undici asks all of its
 * connections, twice for each request: docs/adr/0016.
 */
export class Connections {
  readonly #guard: AddressGuard
  readonly #names?: HostNames
  readonly #most: number
  readonly #open = new Set<Connection>()
  readonly #idle = new Map<string, Connection[]>()

  /** @param guard says which addresses may be connected to */
  constructor(
    guard: AddressGuard,
    { names, most = Math.floor(freeFiles() * SHARE_OF_FILES) }: Options = {}
  ) {
    this.#guard = guard
    this.#names = names
    this.#most = most
  }

  /** One that carries nothing; it connects when a request is dispatched. */
  take(origin: string): Connection {
    const kept = this.#idle.get(origin)?.pop()
    kept?.dialer.renew()
    return kept ?? this.open(origin)
  }

  /** A new one. */
  open(origin: string): Connection {
    if (this.#open.size >= this.#most) {
      this.#dropOldest()
    }
    const dialer = new GuardedDialer(this.#guard, this.#names)
    const client = new Client(origin, { ...OPTIONS, connect: dialer.connect })
    const connection = { client, dialer, isKept: false }
    this.#open.add(connection)
    client.on('disconnect', () => this.#dropIdle(origin, connection))
    return connection
  }

  /** Keeps it for the next request to that origin, as long as it stays connected. */
  keep(origin: string, connection: Connection) {
    connection.isKept = true
    const idle = this.#idle.get(origin)
    if (idle) {
      idle.push(connection)
    } else {
      this.#idle.set(origin, [connection])
    }
  }

  /** Cuts what it carries, or is still trying, and answers what it was waiting for to be connected. */
  drop(origin: string, connection: Connection): UnconnectedError | null {
    const { client, dialer } = connection
    const { pending } = dialer
    this.#open.delete(connection)
    if (this.#idle.get(origin)?.length === 0) {
      this.#idle.delete(origin)
    }
    void client.destroy()
    dialer.stop()
    return pending
  }

  async close() {
    this.#idle.clear()
    const closing = [...this.#open].map(({ client, dialer }) => {
      dialer.stop()
      return client.destroy()
    })
    await Promise.all(closing)
  }

  /** One that carries a request connects again by itself, or its request fails. */
  #dropIdle(origin: string, connection: Connection) {
    const idle = this.#idle.get(origin) ?? []
    const place = idle.indexOf(connection)
    if (place !== -1) {
      idle.splice(place, 1)
      this.drop(origin, connection)
    }
  }

  /** Of the idle ones, to whatever origin. */
  #dropOldest() {
    for (const [origin, [oldest]] of this.#idle) {
      if (oldest) return this.#dropIdle(origin, oldest)
    }
  }
}
