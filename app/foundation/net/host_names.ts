import { Resolver } from 'node:dns/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '#foundation/clock'
import type { Clock } from '#foundation/clock'
import { LocalNames } from '#foundation/net/local_names'

/** A name server is asked again after a second, two and four: UDP may lose a question. */
const ASKING = { timeout: 1000, tries: 3 }

/** How long a name may take to be looked up, in milliseconds. */
const LOOKUP_WITHIN_MS = 5000

/** How long the other family is waited for once one has answered, in milliseconds (RFC 8305). */
const OTHER_FAMILY_MS = 250

/** How long an answer is believed, in milliseconds: its TTL within these bounds. */
const BELIEVED_MS = { least: 1000, most: 300_000 }

/** How long it is remembered that a name has no answer, in milliseconds. */
const FAILURE_BELIEVED_MS = 5000

/** How many names are remembered; those looked up first are forgotten. */
const MOST_REMEMBERED = 10_000

/** After so long the servers of the system are read anew, in milliseconds. */
const SERVERS_KEPT_MS = 60_000

/** A name has no address, or its servers do not say. */
export class LookupError extends Error {
  readonly code = 'E_LOOKUP'

  constructor(
    message: string,
    /** The servers were silent, as they may be for any other name. */
    readonly isSilence: boolean
  ) {
    super(message)
  }
}

interface Known {
  answer: Promise<readonly string[]>
  /** By the clock's `elapsed`; Infinity while the name is being looked up. */
  until: number
}

interface Options {
  clock?: Clock
  local?: LocalNames
  /** The name servers, as `address:port`; those of the system unless given. */
  servers?: readonly string[]
  /** How long a name may take to be looked up, in milliseconds. */
  withinMs?: number
}

/**
 * Looks up names without the threads that all lookups of Node.js share: a name whose servers are
 * silent holds one for ten seconds and more, and with three such names every other lookup waits.
 * Each name is looked up once at a time, for all who ask, and its answer is kept for its TTL.
 */
export class HostNames {
  readonly #clock: Clock
  readonly #local: LocalNames
  readonly #servers?: readonly string[]
  readonly #withinMs: number
  readonly #known = new Map<string, Known>()
  #resolver?: Resolver
  #resolverMadeAt = 0

  constructor({
    clock = systemClock,
    local = new LocalNames(),
    servers,
    withinMs = LOOKUP_WITHIN_MS,
  }: Options = {}) {
    this.#withinMs = withinMs
    this.#clock = clock
    this.#local = local
    this.#servers = servers
  }

  /**
   * All addresses of a name, those of IPv4 first; at least one.
   *
   * @throws LookupError
   */
  async addressesOf(host: string): Promise<readonly string[]> {
    const name = host.toLowerCase().replace(/\.$/, '')
    const local = this.#local.addressesOf(name)
    if (local.length > 0) {
      return local
    }
    const known = this.#known.get(name)
    if (known && known.until > this.#clock.elapsed()) {
      return known.answer
    }
    const asked: Known = {
      answer: this.#lookUp(name, (ms) => this.#expire(asked, ms)),
      until: Infinity,
    }
    this.#remember(name, asked)
    return asked.answer
  }

  #expire(known: Known, ms: number) {
    known.until = this.#clock.elapsed() + ms
  }

  #remember(name: string, known: Known) {
    this.#known.delete(name)
    this.#known.set(name, known)
    if (this.#known.size > MOST_REMEMBERED) {
      this.#known.delete(this.#known.keys().next().value!)
    }
  }

  async #lookUp(name: string, believe: (ms: number) => void): Promise<readonly string[]> {
    try {
      const { addresses, ttlMs } = await this.#inTime(name, this.#ask(name))
      believe(Math.min(Math.max(ttlMs, BELIEVED_MS.least), BELIEVED_MS.most))
      return addresses
    } catch (error) {
      believe(FAILURE_BELIEVED_MS)
      throw error
    }
  }

  /** Asks for the name itself and below the search domains of the system, until one is known. */
  async #ask(name: string): Promise<Answer> {
    let failure: unknown
    for (const candidate of this.#local.candidates(name)) {
      try {
        return await this.#askFor(candidate)
      } catch (error) {
        if (error instanceof LookupError && error.isSilence) throw error
        failure = error
      }
    }
    throw failure
  }

  /** Asks for both families at once. When one has answered, the other is not waited for long. */
  async #askFor(name: string): Promise<Answer> {
    const resolver = this.#currentResolver()
    const four = settled(resolver.resolve4(name, { ttl: true }))
    const six = settled(resolver.resolve6(name, { ttl: true }))
    const both = Promise.all([four, six])
    const first = await Promise.race([four, six])
    const answers = isKnown(first)
      ? await Promise.race([both, delay(OTHER_FAMILY_MS, [first], { ref: false })])
      : await both

    const records = answers.flatMap((answer) => (isKnown(answer) ? answer : []))
    if (records.length === 0) {
      throw failureOf(name, answers as NodeJS.ErrnoException[])
    }
    return {
      addresses: records.map(({ address }) => address),
      ttlMs: 1000 * Math.min(...records.map(({ ttl }) => ttl)),
    }
  }

  async #inTime(name: string, asking: Promise<Answer>): Promise<Answer> {
    const over = new AbortController()
    const silence = delay(this.#withinMs, undefined, { ref: false, signal: over.signal }).then(
      () => {
        throw new LookupError(`${name}: the name servers did not answer`, true)
      }
    )
    try {
      return await Promise.race([asking, silence])
    } finally {
      over.abort()
      silence.catch(() => {})
    }
  }

  /** Its sockets are shared by all names: a silent one holds none of its own. */
  #currentResolver(): Resolver {
    const now = this.#clock.elapsed()
    if (!this.#resolver || now - this.#resolverMadeAt > SERVERS_KEPT_MS) {
      this.#resolver = new Resolver(ASKING)
      this.#resolverMadeAt = now
      if (this.#servers) this.#resolver.setServers(this.#servers)
    }
    return this.#resolver
  }
}

interface Answer {
  addresses: readonly string[]
  ttlMs: number
}

type Records = readonly { address: string; ttl: number }[]

function settled(asking: Promise<Records>): Promise<Records | Error> {
  return asking.catch((error: Error) => error)
}

function isKnown(answer: Records | Error): answer is Records {
  return !(answer instanceof Error) && answer.length > 0
}

/** What c-ares says of servers that are silent, or cannot be reached. */
const SILENCE = ['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED']

function failureOf(name: string, errors: readonly NodeJS.ErrnoException[]): LookupError {
  const silent = errors.find(({ code }) => SILENCE.includes(code ?? ''))
  const { code = 'ENODATA' } = silent ?? errors[0] ?? {}
  return new LookupError(`${name}: ${code}`, silent !== undefined)
}

/** For all of a process. */
export const hostNames = new HostNames()
