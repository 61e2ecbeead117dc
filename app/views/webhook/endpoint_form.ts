import { isRefusal } from '#foundation/errors'
import settings from '#config/webhooks'
import { eventTypes } from '#facts/event_types'
import { eventPatterns } from '#webhooks/endpoints/event_types'
import languages from '#config/languages'
import { FORMATS } from '#models/webhook_endpoint'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { robotOf } from '#webhooks/formats/destination'
import type { HttpContext } from '@adonisjs/core/http'
import { FILTER_EXAMPLES, TEMPLATE_EXAMPLE } from '#views/webhook/expression_examples'
import type { WebhookPages } from '#middleware/webhook_pages_middleware'
import { refusalText } from '#http/form_answers'

/** What the fields of the form hold, as they are named there. */
type Values = Record<string, unknown> & { event_types: readonly string[] }

/** By field: the words of what refused it, or true where the form itself says what it expects. */
export type Mistakes = Record<string, string | true>

/** An endpoint's form. `id` is null for one that is not stored yet. */
export function endpointFormView(
  { path }: WebhookPages,
  id: number | null,
  values: Values,
  mistakes: Mistakes = {}
) {
  const action = id === null ? path : `${path}/${id}`
  // `*` does not include those that are asked for by name.
  const byName = [...eventTypes().byName]
  const choices = {
    formats: FORMATS,
    languages,
    examples: FILTER_EXAMPLES,
    templateExample: TEMPLATE_EXAMPLE,
  }
  return { id, action, values, mistakes, patterns: eventPatterns(), byName, ...choices }
}

/** What a new endpoint has unless its form says otherwise. */
export function newValues(): Values {
  const { concurrency, batchSize, timeoutMs } = settings.endpoint
  return {
    format: 'json',
    event_types: ['*'],
    ordering: 'any',
    concurrency,
    batch_size: batchSize,
    timeout_ms: timeoutMs,
  }
}

export function storedValues(endpoint: WebhookEndpoint): Values {
  const robot = robotOf(endpoint)
  return {
    url: endpoint.url,
    format: endpoint.format,
    chat_id: robot?.chatId,
    language: robot?.language,
    description: endpoint.description,
    event_types: endpoint.eventTypes,
    filter: endpoint.filter,
    template: endpoint.template,
    ordering: endpoint.ordering,
    concurrency: endpoint.concurrency,
    rate_per_second: endpoint.ratePerSecond,
    batch_size: endpoint.batchSize,
    timeout_ms: endpoint.timeoutMs,
  }
}

/** What was sent and refused, for the fields to keep. */
export function sentValues(body: Record<string, unknown>): Values {
  const { event_types: types } = body
  return { ...body, event_types: Array.isArray(types) ? types.map(String) : [] }
}

/** The fields that the form's own rules refused. */
export function mistakesIn({ messages }: { messages: { field: string }[] }): Mistakes {
  return Object.fromEntries(messages.map(({ field }) => [field.split('.')[0]!, true]))
}

export const FORM_PAGE = 'pages/webhook/endpoint_form'

/** Shows a form as it was sent, with what is wrong beside the fields. */
export function showAgain(ctx: HttpContext, id: number | null, mistakes: Mistakes) {
  ctx.response.status(422)
  const values = sentValues(ctx.request.body())
  return ctx.view.render(FORM_PAGE, endpointFormView(ctx.webhookPages, id, values, mistakes))
}

/**
 * The same for what the delivery room refused.
 *
 * @throws the error when it is none of a field
 */
export function showRefused(ctx: HttpContext, id: number | null, error: unknown) {
  if (!isRefusal(error, 'invalid_parameter')) throw error
  return showAgain(ctx, id, { [error.field!]: refusalText(ctx, error) })
}
