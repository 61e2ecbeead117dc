import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getActiveTest } from '@japa/runner'
import type { Clock } from '#foundation/clock'

export const GMGN_KEY = 'gmgn_test_key'

/** Units per second and at once in the free plan, and what one reading of the lists weighs. */
const RATE = 5
const CAPACITY = 5
const WEIGHT = 2

const TOLERATED_S = 5
const CLIENT_ID_MS = 7_000
const BAN_STEP_MS = 5_000
const LONGEST_BAN_MS = 300_000

interface Refusal {
  status: number
  code: number
  error: string
  message: string
  resetAt?: number
}

type List = 'new_creation' | 'near_completion' | 'completed'

/** The name under which a list comes back. */
const ANSWERED_AS = {
  new_creation: 'new_creation',
  near_completion: 'pump',
  completed: 'completed',
}

/** GMGN's API as it behaves: key, clock, client ids, leaky bucket, and bans that grow. */
export class GmgnServer {
  readonly lists: Record<List, object[]> = { new_creation: [], near_completion: [], completed: [] }
  /** Answers, by status and body, instead of the truth. */
  fault: () => { status: number; body: string } | undefined = () => undefined
  /** How far its clock is ahead of `clock`, in milliseconds. */
  aheadMs = 0
  requests = 0
  readonly #clock: Clock
  readonly #server: Server
  readonly #clientIds = new Map<string, number>()
  #level = 0
  #leakedAt = 0
  #bannedAt = 0
  #bannedUntil = 0

  private constructor(clock: Clock) {
    this.#clock = clock
    this.#server = createServer((request, response) => void this.#handle(request, response))
  }

  /** A server for the running test, stopped when the test ends. */
  static async start(clock: Clock): Promise<GmgnServer> {
    const server = new GmgnServer(clock)
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    getActiveTest()?.cleanup(async () => {
      server.#server.closeAllConnections()
      await new Promise((resolve) => server.#server.close(resolve))
    })
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get bannedUntil(): number {
    return this.#bannedUntil
  }

  async #handle(request: IncomingMessage, response: ServerResponse) {
    this.requests++
    const body = JSON.parse(await textOf(request))
    const now = this.#clock.now() + this.aheadMs
    const refusal = this.#refusal(request, body, now)
    const fault = refusal ? undefined : this.fault()

    response.setHeader('date', new Date(now).toUTCString())
    response.setHeader('content-type', 'application/json')
    if (refusal) {
      const { status, resetAt, ...rest } = refusal
      if (resetAt) {
        response.setHeader('x-ratelimit-reset', String(resetAt))
      }
      response.writeHead(status).end(JSON.stringify({ ...rest, reset_at: resetAt }))
    } else if (fault) {
      response.writeHead(fault.status).end(fault.body)
    } else {
      response.writeHead(200).end(JSON.stringify({ code: 0, data: this.#answer(body) }))
    }
  }

  #refusal(request: IncomingMessage, body: any, now: number): Refusal | null {
    const url = new URL(request.url!, this.url)
    const limited = this.#limit(now)

    if (limited) {
      return limited
    }
    if (request.method !== 'POST' || url.pathname !== '/v1/trenches') {
      return { status: 404, code: 404, error: 'NOT_FOUND', message: 'no such route' }
    }
    if (request.headers['x-apikey'] !== GMGN_KEY) {
      return unauthorized('AUTH_KEY_INVALID', 'api key is invalid')
    }
    if (
      Math.abs(Number(url.searchParams.get('timestamp')) - Math.floor(now / 1000)) > TOLERATED_S
    ) {
      return unauthorized('AUTH_TIMESTAMP_EXPIRED', 'timestamp is not within 5 seconds')
    }
    if (!this.#isNewClient(url.searchParams.get('client_id'), now)) {
      return unauthorized('AUTH_CLIENT_ID_REPLAYED', 'client_id was used before')
    }
    const isAsked = url.searchParams.get('chain') === 'bsc' && body.version === 'v2'
    return isAsked ? null : { status: 400, code: 400, error: 'BAD_REQUEST', message: 'bad request' }
  }

  /** Too much starts a ban of 5 s; every request during it makes it 5 s longer, up to 5 minutes. */
  #limit(now: number): Refusal | null {
    const isBanned = now < this.#bannedUntil
    const leaked = ((now - this.#leakedAt) / 1000) * RATE
    this.#level = Math.max(0, this.#level - leaked)
    this.#leakedAt = now
    if (!isBanned && this.#level + WEIGHT <= CAPACITY) {
      this.#level += WEIGHT
      return null
    }

    this.#bannedAt = isBanned ? this.#bannedAt : now
    const until = (isBanned ? this.#bannedUntil : now) + BAN_STEP_MS
    this.#bannedUntil = Math.min(until, this.#bannedAt + LONGEST_BAN_MS)
    const error = isBanned ? 'RATE_LIMIT_BANNED' : 'RATE_LIMIT_EXCEEDED'
    const resetAt = Math.ceil(this.#bannedUntil / 1000)
    return { status: 429, code: 429, error, message: 'too many requests', resetAt }
  }

  #isNewClient(id: string | null, now: number): boolean {
    const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(
      id ?? ''
    )
    const usedAt = this.#clientIds.get(id ?? '') ?? -Infinity
    this.#clientIds.set(id ?? '', now)
    return isUuid && now - usedAt >= CLIENT_ID_MS
  }

  #answer(body: Record<string, { limit: number } | undefined>) {
    const lists = (Object.keys(ANSWERED_AS) as List[]).filter((list) => body[list])
    return Object.fromEntries(
      lists.map((list) => [ANSWERED_AS[list], this.lists[list].slice(0, body[list]!.limit)])
    )
  }
}

function unauthorized(error: string, message: string): Refusal {
  return { status: 401, code: 401, error, message }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
