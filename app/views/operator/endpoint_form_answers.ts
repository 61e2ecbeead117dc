import type { HttpContext } from '@adonisjs/core/http'
import { RefusedEndpoint } from '#webhooks/endpoints/endpoint_errors'
import { endpointFormView, sentValues } from '#views/operator/endpoint_form'
import type { Mistakes } from '#views/operator/endpoint_form'
import { refusalText } from '#views/refusal_text'

export const FORM_PAGE = 'pages/operator/endpoint_form'

/** Shows a form as it was sent, with what is wrong beside the fields. */
export function showAgain(ctx: HttpContext, id: number | null, mistakes: Mistakes) {
  ctx.response.status(422)
  const values = sentValues(ctx.request.body())
  return ctx.view.render(FORM_PAGE, endpointFormView(id, values, mistakes))
}

/**
 * The same for what the delivery room refused.
 *
 * @throws the error when it is none of a field
 */
export function showRefused(ctx: HttpContext, id: number | null, error: unknown) {
  if (!(error instanceof RefusedEndpoint)) throw error
  return showAgain(ctx, id, { [error.field]: refusalText(ctx, error) })
}
