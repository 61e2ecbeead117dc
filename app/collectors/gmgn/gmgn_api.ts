import { randomUUID } from 'node:crypto'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Clock } from '#foundation/clock'
import { launchpads } from '#sources/venues'
import {
  GmgnFailure,
  readAnswer,
  type HttpAnswer,
  type Trenches,
} from '#collectors/gmgn/read_answer'

export interface GmgnApiOptions {
  /** Where the API is, without a path. */
  url: string
  key: string
  userAgent: string
  clock: Clock
  /** Answers a new id with each call. */
  newId?: () => string
}

/** The part of GMGN's official API that is used (https://openapi.gmgn.ai). */
export class GmgnApi {
  readonly #options: GmgnApiOptions

  constructor(options: GmgnApiOptions) {
    this.#options = options
  }

  /**
   * The newest tokens of the launchpads, those close to graduation, and those that graduated.
   *
   * @throws GmgnFailure
   */
  async trenches(signal?: AbortSignal): Promise<Trenches> {
    const { url, key, userAgent, clock, newId = randomUUID } = this.#options
    const headers = {
      'x-apikey': key,
      'content-type': 'application/json',
      'user-agent': userAgent,
    }

    const target = trenchesUrl(url, clock.now(), newId())
    const answer = await postOverIpv4(target, headers, trenchesBody(), signal).catch((error) => {
      throw new GmgnFailure('refused', `no answer: ${(error as Error).message}`)
    })
    return readAnswer(answer, clock.now())
  }
}

/** Rows per list, at most: the most that GMGN gives. */
export const ROWS_PER_LIST = 80

/** What GMGN's own client sends for each list. The numbers are GMGN's codes for quote assets. */
const LIST = {
  filters: ['offchain', 'onchain'],
  launchpad_platform_v2: true,
  limit: ROWS_PER_LIST,
  quote_address_type: [6, 7, 1, 16, 8, 3, 9, 10, 2, 17, 18, 0],
}

/** Launchpads on BSC that GMGN tells of and no source reads: no contract of theirs is known for sure. */
const UNREAD_PLATFORMS = ['likwid', 'cubepeg', 'goplus_creator']

/** The body of `POST /v1/trenches` for all three lists. */
function trenchesBody(): string {
  const read = launchpads().flatMap(({ gmgnPlatforms = [] }) => gmgnPlatforms)
  const platforms = [...read, ...UNREAD_PLATFORMS]
  const list = { ...LIST, launchpad_platform: platforms }
  return JSON.stringify({
    version: 'v2',
    new_creation: list,
    near_completion: list,
    completed: list,
  })
}

/** GMGN refuses a time more than 5 s from its own, and a client id that it saw within 7 s. */
function trenchesUrl(base: string, now: number, clientId: string): URL {
  const url = new URL(`${base.replace(/\/$/, '')}/v1/trenches`)
  url.searchParams.set('chain', 'bsc')
  url.searchParams.set('timestamp', String(Math.floor(now / 1000)))
  url.searchParams.set('client_id', clientId)
  return url
}

/** How long a request may take, in milliseconds, and the largest answer that is read, in bytes. */
const TIMEOUT_MS = 10_000
const LARGEST_ANSWER = 8 * 1024 * 1024

/**
 * Posts over IPv4, whatever else the host has: GMGN refuses IPv6 as if the key were wrong.
 *
 * @throws when no whole answer comes
 */
function postOverIpv4(
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal?: AbortSignal
): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>()
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  const ends = signal ? AbortSignal.any([signal, limit]) : limit

  const sent = request(url, { method: 'POST', headers, family: 4, signal: ends }, (response) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > LARGEST_ANSWER) {
        response.destroy(new Error(`the answer is larger than ${LARGEST_ANSWER} bytes`))
      }
    })
    response.on('error', reject)
    response.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      resolve({ status: response.statusCode!, headers: response.headers, body: text })
    })
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}
