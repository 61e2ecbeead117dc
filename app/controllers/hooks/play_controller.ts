import type { HttpContext } from '@adonisjs/core/http'
import { playLimit } from '#config/limiter'
import { ApiError } from '#exceptions/api_error'
import { systemClock } from '#foundation/clock'
import { spendShared } from '#middleware/rate_limit'
import { readRawBody } from '#validators/raw_body'
import { keepRequest, LARGEST_PLAY_BODY } from '#webhooks/play/requests'

/** When a sender may ask again that is told to wait, in seconds. */
const RETRY_S = 5

export default class PlayController {
  /** Takes whatever is posted to a receiver of ours, and answers as its owner has set. */
  async store(ctx: HttpContext) {
    const { request, response, params } = ctx
    await spendShared(response, playLimit, `play:${params.id}`)
    const body = await readRawBody(ctx, LARGEST_PLAY_BODY)
    const headers = Object.fromEntries(
      Object.entries(request.headers()).map(([name, value]) => [name, String(value)])
    )
    const status = await keepRequest(params.id, { headers, body }, systemClock)
    if (status === null) {
      const message = 'There is no such receiver. They are opened at /play'
      throw new ApiError(404, [{ code: 'unknown_receiver', message }])
    }
    if (status === 429) response.header('retry-after', RETRY_S)
    return status === 204 ? response.noContent() : response.status(status).send({ status })
  }
}
