import type { HttpContext } from '@adonisjs/core/http'
import tronConfig from '#config/tron'
import { unwatchTron, watchTron } from '#accounts/tron_accounts'
import { systemClock } from '#foundation/clock'
import { Refusal } from '#foundation/errors'
import { backToPanel } from '#http/form_answers'
import { tronForm } from '#validators/account_forms'

/** The accounts of TRON that the user who is logged in watches. */
export default class TronController {
  async store(ctx: HttpContext) {
    const wish = await tronForm.validate(ctx.request.body())
    try {
      await watchTron(watcher(ctx), wish, systemClock)
      backToPanel(ctx, 'tron', { key: 'saved' })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const key = error.fault === 'tooMany' ? 'tooManyTron' : 'badTron'
      backToPanel(ctx, 'tron', { key, isProblem: true })
    }
  }

  async destroy(ctx: HttpContext) {
    const { address } = await tronForm.validate(ctx.request.body())
    await unwatchTron(watcher(ctx), address)
    backToPanel(ctx, 'tron', { key: 'saved' })
  }
}

function watcher({ auth }: HttpContext) {
  const { id: ownerId } = auth.use('web').getUserOrFail()
  return { ownerId, chainId: tronConfig.network.chainId }
}
