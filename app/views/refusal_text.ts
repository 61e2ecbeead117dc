import type { HttpContext } from '@adonisjs/core/http'
import type { RefusedEndpoint } from '#webhooks/endpoints/endpoint_errors'
import { languageState, visitorLocale } from '#http/page_language'

/** Why an endpoint was refused: in the visitor's language where it has words for that, else in the error's own. */
export function refusalText(ctx: HttpContext, { fault, message }: RefusedEndpoint): string {
  return fault ? languageState(visitorLocale(ctx)).t(`reasons.url.${fault}`) : message
}
