import { ADDRCONFIG, lookup } from 'node:dns'
import { isIP } from 'node:net'
import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { AddressGuard } from '#foundation/net/address_guard'
import { AddressRace } from '#foundation/net/address_race'

class BlockedAddressError extends Error {
  code = 'E_ADDRESS_BLOCKED'
}

/** The request was over before its name had an answer, or an address of it. */
export class UnconnectedError extends Error {
  constructor(
    message: string,
    readonly code: 'E_UNRESOLVED' | 'E_UNCONNECTED'
  ) {
    super(message)
  }
}

/** Turns a connected socket into one with TLS. Its session is kept for the next to that host. */
const secure = buildConnector({ allowH2: false, timeout: 0 })

/**
 * Opens the sockets of one client, to allowed addresses only. Of a name every address must be
 * allowed, and exactly those are connected to: a second answer of a changing DNS has no effect.
 * It has no time limit of its own: who asks for a connection stops the dialer.
 */
export class GuardedDialer {
  readonly #guard: AddressGuard
  #name: string | null = null
  #lookedUpAt = 0
  #race: AddressRace | null = null
  #socket: Socket | null = null
  #isStopped = false

  constructor(guard: AddressGuard) {
    this.#guard = guard
  }

  readonly connect: buildConnector.connector = (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    this.#findAddresses(host, (error, addresses) => {
      const refused = error ?? this.#blocked(host, addresses)
      if (refused || this.#isStopped) {
        return callback(refused ?? new Error('stopped'), null)
      }
      const isTls = options.protocol === 'https:'
      const port = Number(options.port || (isTls ? 443 : 80))
      this.#race = new AddressRace(addresses, port, (result) => {
        this.#race = null
        if (result instanceof Error) {
          return callback(result, null)
        }
        this.#socket = result
        return isTls ? secure({ ...options, httpSocket: result }, callback) : callback(null, result)
      })
    })
  }

  /** What it waits for at this moment; null when it is not connecting. */
  get pending(): UnconnectedError | null {
    if (this.#name !== null) {
      const ms = Math.round(performance.now() - this.#lookedUpAt)
      return new UnconnectedError(`${this.#name} had no answer within ${ms} ms`, 'E_UNRESOLVED')
    }
    return this.#race && new UnconnectedError(this.#race.report, 'E_UNCONNECTED')
  }

  /** Ends what it is opening, and closes what it has opened. */
  stop() {
    this.#isStopped = true
    this.#race?.stop()
    this.#socket?.destroy()
  }

  /** Address literals are answered as they are, because the system looks up names only. */
  #findAddresses(host: string, found: (error: Error | null, addresses: string[]) => void) {
    if (isIP(host)) {
      process.nextTick(found, null, [host])
      return
    }
    this.#name = host
    this.#lookedUpAt = performance.now()
    lookup(host, { all: true, hints: ADDRCONFIG }, (error, answers) => {
      this.#name = null
      found(error, error ? [] : answers.map(({ address }) => address))
    })
  }

  #blocked(host: string, addresses: readonly string[]): Error | null {
    const blocked = addresses.find((address) => !this.#guard.allows(address))
    if (blocked === undefined) {
      return null
    }
    return new BlockedAddressError(host === blocked ? host : `${host} is ${blocked}`)
  }
}
