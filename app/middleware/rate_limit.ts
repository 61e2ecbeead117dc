import type { HttpResponse } from '@adonisjs/core/http'
import { errors, type LimiterResponse } from '@adonisjs/limiter'
import limiter from '@adonisjs/limiter/services/main'
import { tokenLimit } from '#config/limiter'
import { ApiError } from '#exceptions/api_error'

/**
 * Counts a request of a token and tells it what is left of its minute.
 *
 * @param count for a request that is as much work as so many
 * @throws ApiError (429) when nothing is
 */
export async function spendRequest(response: HttpResponse, tokenId: string, count = 1) {
  try {
    tell(response, await limiter.use(tokenLimit).consume(tokenId, count))
  } catch (error) {
    if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) {
      throw error
    }
    tell(response, error.response)
    response.header('retry-after', error.response.availableIn)
    const message = `This token may ask ${error.response.limit} times a minute. Try again in ${error.response.availableIn} s.`
    throw new ApiError(429, [{ code: 'too_many_requests', message }])
  }
}

/**
 * Counts a request for something that anyone may ask who knows its address.
 *
 * @throws ApiError (429)
 */
export async function spendShared(
  response: HttpResponse,
  limit: { requests: number; duration: string },
  key: string
) {
  try {
    await limiter.use(limit).consume(key)
  } catch (error) {
    if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) {
      throw error
    }
    response.header('retry-after', error.response.availableIn)
    const message = `It takes ${limit.requests} requests a minute. Try again in ${error.response.availableIn} s.`
    throw new ApiError(429, [{ code: 'too_many_requests', message }])
  }
}

/** The headers that most clients know; seconds, as in `Retry-After`. */
function tell(response: HttpResponse, { limit, remaining, availableIn }: LimiterResponse) {
  response.header('ratelimit-limit', limit)
  response.header('ratelimit-remaining', remaining)
  response.header('ratelimit-reset', availableIn)
}
