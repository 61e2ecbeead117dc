import type { HttpContext } from '@adonisjs/core/http'
import { systemClock } from '#foundation/clock'
import { siteOf } from '#http/page_state'
import { viewerOf } from '#http/viewer'
import { playAnswerForm } from '#validators/webhook/play_forms'
import { playView } from '#views/webhook/play_view'
import { openReceiver, ownReceiver, receiversOf } from '#webhooks/play/receivers'
import { requestsOf } from '#webhooks/play/requests'
import { secretsOfUrl } from '#webhooks/play/secrets_of_url'

/** Receivers of our own, at which users see what an endpoint is sent. */
export default class PlayController {
  /** Leads to the newest receiver, or offers to open the first. */
  async index(ctx: HttpContext) {
    const [newest] = await receiversOf(this.#owner(ctx)).limit(1)
    if (newest) return ctx.response.redirect().status(303).toPath(`/play/${newest.id}`)
    return ctx.view.render('pages/play', { receiver: null })
  }

  async store(ctx: HttpContext) {
    const { id } = await openReceiver(this.#owner(ctx), systemClock)
    ctx.response.redirect().status(303).toPath(`/play/${id}`)
  }

  async show(ctx: HttpContext) {
    const ownerId = this.#owner(ctx)
    const receiver = await ownReceiver(ctx.params.id, ownerId)
    const url = `${siteOf(ctx.request)}/play/${receiver.id}`
    const now = systemClock.now()
    const [requests, secrets] = await Promise.all([
      requestsOf(receiver.id, now),
      secretsOfUrl(ownerId, url, now),
    ])
    const view = playView({ receiver, url, requests, secrets }, viewerOf(ctx))
    return ctx.view.render('pages/play', view)
  }

  /** What the receiver answers from now on. */
  async update(ctx: HttpContext) {
    const receiver = await ownReceiver(ctx.params.id, this.#owner(ctx))
    const [error, form] = await playAnswerForm.tryValidate(ctx.request.body())
    if (!error) await receiver.merge({ answerStatus: form.status }).save()
    ctx.response.redirect().status(303).toPath(`/play/${receiver.id}`)
  }

  #owner({ auth }: HttpContext): number {
    return auth.use('web').getUserOrFail().id
  }
}
