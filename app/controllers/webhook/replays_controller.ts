import type { HttpContext } from '@adonisjs/core/http'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { cancelReplay } from '#webhooks/replays/find_replay'
import { startReplay } from '#webhooks/replays/start_replay'
import { systemClock } from '#foundation/clock'
import { answerForm } from '#http/form_answers'
import { toReplayRequest } from '#views/replay_view'
import { beginningOf, replayForm } from '#validators/webhook/delivery_forms'

export default class ReplaysController {
  /** Begins to send again what failed, or everything, of a while that ends now. */
  async store(ctx: HttpContext) {
    const { path, owner } = ctx.webhookPages
    const { id } = await ownedEndpoint(ctx.params.id, owner)
    const [error, form] = await replayForm.tryValidate(ctx.request.body())
    await answerForm(ctx, `${path}/${id}#replays`, async () => {
      if (error) return { key: 'rateExpected', isProblem: true }
      const now = systemClock.now()
      const { kind, within, rate, again } = form
      const wish = { kind, since: beginningOf(within, now), rate_per_second: rate, again }
      await startReplay(toReplayRequest(id, wish, now), systemClock)
      return { key: 'replayBegun' }
    })
  }

  /** Cancels a replay; what it released already goes on its way. */
  async destroy(ctx: HttpContext) {
    const { path, owner } = ctx.webhookPages
    const { id } = await ownedEndpoint(ctx.params.id, owner)
    await answerForm(ctx, `${path}/${id}#replays`, async () => {
      const wanted = { id: ctx.params.replay, endpointId: id }
      const { state } = await cancelReplay(wanted, systemClock)
      return { key: state === 'cancelled' ? 'replayCancelled' : 'replayOver' }
    })
  }
}
