import type { HttpContext } from '@adonisjs/core/http'
import webPushConfig from '#config/web_push'
import { browserNames } from '#accounts/sessions/browser_names'
import { systemClock } from '#foundation/clock'
import { Refusal } from '#foundation/errors'
import { answerForm } from '#http/form_answers'
import { toldBrowserValidator, subscriptionValidator } from '#validators/push_subscriptions'
import { addBrowser, removeBrowser } from '#web_push/subscriptions/browsers'

/** Browsers that tell their user while no page is open. */
export default class AlertBrowsersController {
  /** Asked by the page's script: what browsers subscribe with is theirs alone. */
  async store({ auth, request, response }: HttpContext) {
    const { key, hosts } = webPushConfig
    if (!key) return response.notFound()

    const { endpoint, keys } = await subscriptionValidator.validate(request.body())
    const userId = auth.use('web').getUserOrFail().id
    const names = browserNames(request.header('user-agent'))
    const asked = { userId, subscription: { endpoint, ...keys }, serverKey: key.publicKey }
    try {
      await addBrowser({ ...asked, ...names }, hosts, systemClock)
      return response.noContent()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return response.unprocessableEntity({ code: error.code })
    }
  }

  destroy(ctx: HttpContext) {
    return answerForm(ctx, '/alerts', async () => {
      const { id, endpoint } = await toldBrowserValidator.validate(ctx.request.body())
      const which = id === undefined ? { endpoint: endpoint! } : { id }
      await removeBrowser(ctx.auth.use('web').getUserOrFail().id, which, systemClock)
      return { key: 'browserRemoved' }
    })
  }
}
