import type { HttpContext } from '@adonisjs/core/http'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { cancelReplay, findReplay, listReplays } from '#webhooks/replays/find_replay'
import { startReplay } from '#webhooks/replays/start_replay'
import { systemClock } from '#foundation/clock'
import { pageAnswer, toPageRequest } from '#http/page_cursor'
import { toReplayRequest, replayView } from '#views/replay_view'
import { idempotencyKey, newReplay, replayQuery } from '#validators/replay_requests'

/** Replays of an endpoint that the token's account may see. */
export default class ReplaysController {
  async index({ auth, params, request }: HttpContext) {
    const { id } = await ownedEndpoint(params.id, auth.getUserOrFail().reach)
    const { page } = toPageRequest(await replayQuery.read(request.qs()))
    return pageAnswer(await listReplays(id, page), replayView)
  }

  async show({ auth, params }: HttpContext) {
    const { id } = await ownedEndpoint(params.id, auth.getUserOrFail().reach)
    return { data: replayView(await findReplay({ id: params.replay, endpointId: id })) }
  }

  /** Begins a replay; with an Idempotency-Key, once. */
  async store({ auth, params, request, response }: HttpContext) {
    const { id } = await ownedEndpoint(params.id, auth.getUserOrFail().reach)
    const wish = toReplayRequest(id, await newReplay.read(request.body()), systemClock.now())
    const key = await idempotencyKey.validate(request.header('idempotency-key'))

    const { replay, isNew } = await startReplay(wish, systemClock, key)
    response.status(isNew ? 201 : 200)
    response.header('location', `/api/v1/webhook/endpoints/${id}/replays/${replay.id}`)
    return { data: replayView(replay) }
  }

  /** Cancels a replay; what it released already goes on its way. */
  async destroy({ auth, params }: HttpContext) {
    const { id } = await ownedEndpoint(params.id, auth.getUserOrFail().reach)
    return {
      data: replayView(await cancelReplay({ id: params.replay, endpointId: id }, systemClock)),
    }
  }
}
