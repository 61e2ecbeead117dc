import type { Clock } from '#foundation/clock'
import { answerText } from '#foundation/net/answer_text'
import { retryAfterMs } from '#foundation/text/retry_after'
import type { OkxEnvironment } from '#facts/on_okx'
import { OkxFailure, reasonOfCode } from '#collectors/okx/okx_failure'
import type { OkxHosts } from '#collectors/okx/hosts'
import { Maintenance } from '#collectors/okx/rest/maintenance'
import { RateLimit } from '#collectors/okx/rest/rate_limit'
import type { OkxRow } from '#sources/okx/row'

export interface OkxAnswer {
  rows: OkxRow[]
  /** The body as it came, for evidence. */
  body: string
}

/** What a request asks by; a value that is undefined is left out. */
export type OkxQuery = Record<string, string | number | undefined>

/** How long a request may take, to the last byte of its answer, in milliseconds. */
const TIMEOUT_MS = 15_000

/** The longest answer that is read, in bytes: a hundred rows have some hundred thousand. */
const LONGEST_ANSWER = 8_388_608

/** The longest pause that a Retry-After is believed, in milliseconds. */
const LONGEST_PAUSE_MS = 60_000

/** What is told of OKX's clock is in milliseconds, and before the year 2100. */
const LATEST = 4_102_444_800_000

/** How lists are read. */
export interface ReadingLimits {
  /** Rows in each page; OKX answers 100 at most. */
  pageSize: number
  /** How often a request that came too fast, or by a wrong clock, is sent again. */
  retries: number
}

export const READING: ReadingLimits = { pageSize: 100, retries: 3 }

interface VenueOptions {
  hosts: OkxHosts
  environment: OkxEnvironment
  clock: Clock
  /** Stands in for the global one, as in tests. */
  fetch?: typeof fetch
  reading?: ReadingLimits
}

/**
 * OKX in one region, live or demo, as all accounts there share it: connections, what is public, and
 * by how much its clock is not ours.
 */
export class OkxVenue {
  readonly hosts: OkxHosts
  readonly environment: OkxEnvironment
  readonly clock: Clock
  readonly reading: ReadingLimits
  readonly maintenance: Maintenance
  readonly #fetch: typeof fetch
  readonly #publicLimit: RateLimit
  #offsetMs: number | null = null

  constructor({ hosts, environment, clock, fetch: send = fetch, reading = READING }: VenueOptions) {
    this.hosts = hosts
    this.environment = environment
    this.clock = clock
    this.reading = reading
    this.#fetch = send
    this.#publicLimit = new RateLimit(clock)
    this.maintenance = new Maintenance({
      environment,
      clock,
      ask: (path, query) => this.askPublic(path, query),
    })
  }

  /** OKX's clock minus ours in milliseconds, half a round trip exact; null before it was measured. */
  get offsetMs(): number | null {
    return this.#offsetMs
  }

  /** Epoch milliseconds by OKX's clock. It is measured first where it was not yet. */
  async now(): Promise<number> {
    if (this.#offsetMs === null) {
      await this.measureClock()
    }
    return this.clock.now() + this.#offsetMs!
  }

  /**
   * Measures by how much OKX's clock is not ours: what is signed by another time is refused.
   *
   * @throws OkxFailure
   */
  async measureClock() {
    const sentAt = this.clock.now()
    const { rows } = await this.askPublic('/api/v5/public/time')
    const middle = (sentAt + this.clock.now()) / 2
    const told = Number(rows[0]?.ts)
    if (!(told > 0 && told < LATEST)) {
      throw new OkxFailure('unreadable', 'OKX did not tell its time')
    }
    this.#offsetMs = Math.round(told - middle)
  }

  /** Asks for something that needs no key. @throws OkxFailure */
  async askPublic(path: string, query: OkxQuery = {}): Promise<OkxAnswer> {
    await this.#publicLimit.turn(path)
    return this.send(pathWith(path, query), {})
  }

  /**
   * Sends a GET request as it is.
   *
   * @param path with its query
   * @throws OkxFailure where there is no answer, or it is a refusal
   */
  async send(
    path: string,
    headers: Record<string, string>,
    signal?: AbortSignal
  ): Promise<OkxAnswer> {
    const limit = AbortSignal.timeout(TIMEOUT_MS)
    const response = await this.#fetch(`${this.hosts.rest}${path}`, {
      headers: {
        'content-type': 'application/json',
        ...(this.environment === 'demo' && { 'x-simulated-trading': '1' }),
        ...headers,
      },
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    }).catch(noAnswer)
    const body = await textOf(response)
    const wait = retryAfterMs(
      response.headers.get('retry-after'),
      this.clock.now(),
      LONGEST_PAUSE_MS
    )
    return { rows: rowsIn(body, response.status, wait ?? undefined), body }
  }
}

export function pathWith(path: string, query: OkxQuery): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) given.set(name, String(value))
  }
  return given.size > 0 ? `${path}?${given}` : path
}

async function textOf({ body }: Response): Promise<string> {
  const text = body && (await answerText(body, false, LONGEST_ANSWER).catch(noAnswer))
  if (text === null && body) {
    throw new OkxFailure('unreadable', `the answer is longer than ${LONGEST_ANSWER} bytes`)
  }
  return text ?? ''
}

function noAnswer(error: unknown): never {
  const { name, message, cause } = error as Error
  const { code } = (cause ?? {}) as NodeJS.ErrnoException
  const why = name === 'TimeoutError' ? 'no answer in time' : (code ?? message)
  throw new OkxFailure('unreachable', why, null, { cause: error })
}

/**
 * The rows of an answer. Refusals come with any status, also 200, so that the code in the body
 * decides; where there is none, the status does.
 */
function rowsIn(body: string, status: number, waitMs: number | undefined): OkxRow[] {
  const answer = jsonIn(body)
  if (typeof answer?.code !== 'string' && typeof answer?.code !== 'number') {
    const reason = status === 429 ? 'rate_limited' : status >= 500 ? 'busy' : 'unreadable'
    throw new OkxFailure(reason, `HTTP ${status}`, null, { retryAfterMs: waitMs })
  }
  const code = String(answer.code)
  if (code !== '0') {
    const words = typeof answer.msg === 'string' ? answer.msg : ''
    throw new OkxFailure(reasonOfCode(code), `${words} (${code})`.trim(), code, {
      retryAfterMs: waitMs,
    })
  }
  if (!Array.isArray(answer.data)) {
    throw new OkxFailure('unreadable', 'the answer has no list')
  }
  // What is no object has no member that is needed: it is counted among what cannot be read.
  return answer.data.map((row: unknown) =>
    typeof row === 'object' && row !== null ? (row as OkxRow) : { row }
  )
}

function jsonIn(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
