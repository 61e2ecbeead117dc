import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Where the pages of endpoints stand, and whose endpoints they show. */
export interface WebhookPages {
  path: string
  /** The user whose they are; null where they are those of all, which only the operator sees. */
  owner: number | null
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    webhookPages: WebhookPages
  }
}

/** Mounts the pages of endpoints: at one place for each user's own, at another for all. */
export default class WebhookPagesMiddleware {
  async handle(ctx: HttpContext, next: NextFn, reach: 'own' | 'all') {
    const isOfAll = reach === 'all'
    const path = isOfAll ? '/operator/webhooks' : '/webhooks'
    ctx.webhookPages = { path, owner: isOfAll ? null : ctx.auth.use('web').getUserOrFail().id }
    ctx.view.share({ webhookPages: { path, isOfAll } })
    return next()
  }
}
