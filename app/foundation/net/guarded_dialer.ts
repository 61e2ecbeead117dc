import { isIP } from 'node:net'
import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { AddressGuard } from '#foundation/net/address_guard'
import { AddressRace } from '#foundation/net/address_race'
import { AnswerFilter } from '#foundation/net/answer_filter'
import { hostNames } from '#foundation/net/host_names'
import type { HostNames } from '#foundation/net/host_names'

class BlockedAddressError extends Error {
  code = 'E_ADDRESS_BLOCKED'
}

/** TLS could not be agreed on, or the certificate is of no use. */
class HandshakeError extends Error {
  code = 'E_HANDSHAKE'
}

/** The request was over before its name had an answer, an address of it, or TLS was agreed on. */
export class UnconnectedError extends Error {
  constructor(
    message: string,
    readonly code: 'E_LOOKUP' | 'E_UNCONNECTED' | 'E_HANDSHAKE'
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
  readonly #names: HostNames
  /** Says what it waits for, after so many milliseconds; null when it is not connecting. */
  #waitsFor: ((ms: number) => UnconnectedError) | null = null
  #waitsSince = 0
  #race: AddressRace | null = null
  #socket: Socket | null = null
  #answers: AnswerFilter | null = null
  #isStopped = false

  constructor(guard: AddressGuard, names: HostNames = hostNames) {
    this.#guard = guard
    this.#names = names
  }

  readonly connect: buildConnector.connector = (options, callback) => {
    void this.#connect(options).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null)
    )
  }

  /** What it waits for at this moment; null when it is not connecting. */
  get pending(): UnconnectedError | null {
    return this.#waitsFor?.(Math.round(performance.now() - this.#waitsSince)) ?? null
  }

  /** Whether the receiver has sent no byte since the request began. */
  get isSilent(): boolean {
    return this.#answers?.isSilent ?? true
  }

  /** A request begins on the connection that it has opened. */
  renew() {
    this.#answers?.renew()
  }

  /** Ends what it is opening, and closes what it has opened. */
  stop() {
    this.#isStopped = true
    this.#race?.stop()
    this.#socket?.destroy()
  }

  async #connect(options: buildConnector.Options): Promise<Socket> {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    const isTls = options.protocol === 'https:'
    const addresses = isIP(host) ? [host] : await this.#lookUp(host)
    const blocked = addresses.find((address) => !this.#guard.allows(address))
    if (blocked !== undefined) {
      throw new BlockedAddressError(host === blocked ? host : `${host} is ${blocked}`)
    }
    const connected = await this.#open(addresses, Number(options.port || (isTls ? 443 : 80)))
    const socket = isTls ? await this.#secure(options, connected) : connected
    this.#answers = new AnswerFilter(socket)
    return socket
  }

  #lookUp(host: string): Promise<readonly string[]> {
    const late = (ms: number) =>
      new UnconnectedError(`${host} had no answer within ${ms} ms`, 'E_LOOKUP')
    return this.#wait(late, this.#names.addressesOf(host))
  }

  #open(addresses: readonly string[], port: number): Promise<Socket> {
    const opening = new Promise<Socket>((resolve, reject) => {
      this.#race = new AddressRace(addresses, port, (result) =>
        result instanceof Error ? reject(result) : resolve(this.#keep(result))
      )
    })
    return this.#wait(() => new UnconnectedError(this.#race!.report, 'E_UNCONNECTED'), opening)
  }

  #keep(socket: Socket): Socket {
    this.#socket = socket
    // Until the client listens itself: an error without a listener would end the process.
    socket.on('error', () => {})
    return socket
  }

  #secure(options: buildConnector.Options, httpSocket: Socket): Promise<Socket> {
    const late = (ms: number) =>
      new UnconnectedError(`the handshake was not over within ${ms} ms`, 'E_HANDSHAKE')
    const securing = new Promise<Socket>((resolve, reject) => {
      secure({ ...options, httpSocket }, (error, socket) =>
        error ? reject(new HandshakeError(error.message, { cause: error })) : resolve(socket)
      )
    })
    return this.#wait(late, securing)
  }

  async #wait<T>(late: (ms: number) => UnconnectedError, work: Promise<T>): Promise<T> {
    this.#waitsFor = late
    this.#waitsSince = performance.now()
    try {
      const result = await work
      if (this.#isStopped) throw new Error('stopped')
      return result
    } finally {
      this.#waitsFor = null
    }
  }
}
