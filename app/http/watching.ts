import type { HttpContext } from '@adonisjs/core/http'
import { watchRulesOf } from '#chat/preferences/watches'
import type { WatchRules } from '#feed/watched_launches'

/** What the visitor of a page watches; null: the visitor is not logged in. */
export async function watchingOf({ auth }: HttpContext): Promise<WatchRules | null> {
  const { user } = auth.use('web')
  return user ? watchRulesOf(user.id) : null
}
