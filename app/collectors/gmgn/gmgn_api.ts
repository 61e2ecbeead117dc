import { randomUUID } from 'node:crypto'
import type { Clock } from '#foundation/clock'
import { GmgnFailure } from '#collectors/gmgn/gmgn_failure'
import { postOverIpv4 } from '#collectors/gmgn/post_over_ipv4'
import { readAnswer, type Trenches } from '#collectors/gmgn/read_answer'
import { TRENCHES_BODY, trenchesUrl } from '#collectors/gmgn/trenches_request'

export interface GmgnApiOptions {
  /** Where the API is, without a path. */
  url: string
  key: string
  userAgent: string
  clock: Clock
  /** Answers an id that is never answered again. */
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
    const answer = await postOverIpv4(target, headers, TRENCHES_BODY, signal).catch((error) => {
      throw new GmgnFailure('refused', `no answer: ${(error as Error).message}`)
    })
    return readAnswer(answer, clock.now())
  }
}
