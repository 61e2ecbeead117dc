import { isRefusal } from '#foundation/errors'
import type { HttpContext } from '@adonisjs/core/http'
import settings from '#config/webhooks'
import { requirePro } from '#billing/plans/pro_users'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { changeEndpoint } from '#webhooks/endpoints/change_endpoint'
import { deleteEndpoint } from '#webhooks/endpoints/endpoint_state'
import { changeableEndpoint } from '#webhooks/endpoints/find_endpoint'
import { toDestination } from '#views/endpoint_view'
import { systemClock } from '#foundation/clock'
import { backToPanel, limitNotice, refusalText } from '#http/form_answers'
import { endpointStateValidator, endpointValidator } from '#validators/account_forms'

/** What users' endpoints ask for: what is told to all, and what is theirs alone. */
const OF_ACCOUNTS = [
  ...['tron.*', 'push.alert'],
  ...['order.*', 'execution.*', 'position.*', 'balance.*', 'verification.*'],
]
const OF_USERS = ['launch.*', ...OF_ACCOUNTS]

/** A group would not read thousands of new tokens a day. */
const OF_GROUPS = ['launch.graduated', ...OF_ACCOUNTS]

/** The endpoints of the user who is logged in, and no others. */
export default class EndpointsController {
  /** Adds an endpoint; the next page shows its secret this once. */
  async store(ctx: HttpContext) {
    const ownerId = this.#owner(ctx)
    await this.#answer(ctx, async () => {
      await requirePro(ownerId, systemClock.now())
      const { url, ...input } = await endpointValidator.validate(ctx.request.body())
      const isGroup = input.format !== undefined && input.format !== 'json'
      const eventTypes = isGroup ? OF_GROUPS : OF_USERS
      const wish = { url, ...toDestination(input), eventTypes, ownerId }
      const { secret } = await addEndpoint(wish, settings, systemClock)
      return { key: isGroup ? 'robotAdded' : 'endpointAdded', secret }
    })
  }

  async update(ctx: HttpContext) {
    const { state } = await endpointStateValidator.validate(ctx.request.body())
    const owner = this.#owner(ctx)
    const { id } = await changeableEndpoint(ctx.params.id, owner)
    await this.#answer(ctx, async () => {
      if (state === 'active') await requirePro(owner, systemClock.now())
      await changeEndpoint(id, { state }, settings.allowedNetworks, systemClock)
      return { key: 'saved' }
    })
  }

  async destroy(ctx: HttpContext) {
    const { id } = await changeableEndpoint(ctx.params.id, this.#owner(ctx))
    await deleteEndpoint(id)
    backToPanel(ctx, 'channels', { key: 'endpointDeleted' })
  }

  #owner({ auth }: HttpContext): number {
    return auth.use('web').getUserOrFail().id
  }

  async #answer(ctx: HttpContext, work: () => Promise<{ key: string; secret?: string }>) {
    try {
      backToPanel(ctx, 'channels', await work())
    } catch (error) {
      if (isRefusal(error, 'needs_pro')) {
        return backToPanel(ctx, 'channels', { key: 'needsPro', isProblem: true })
      }
      const limit = limitNotice(error)
      if (limit) return backToPanel(ctx, 'channels', { ...limit, kept: ['url'] })
      if (!isRefusal(error, 'invalid_parameter')) throw error
      const detail = refusalText(ctx, error)
      backToPanel(ctx, 'channels', {
        key: 'endpointRefused',
        isProblem: true,
        detail,
        kept: ['url'],
      })
    }
  }
}
