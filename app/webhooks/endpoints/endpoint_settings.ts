import { Refusal } from '#foundation/errors'
import { sealHeaders } from '#models/sealed_headers'
import type WebhookEndpoint from '#models/webhook_endpoint'
import type { FormatName } from '#models/webhook_endpoint'
import { ownHeaders } from '#webhooks/sending/own_headers'
import { knownPatterns } from '#webhooks/endpoints/event_types'
import { checkFilter, checkTemplate } from '#delivery/expressions/checked'
import { RefusedExpression } from '#delivery/expressions/language'

/** What an endpoint's owner decides, in the columns of the endpoint. */
export type EndpointSettings = Pick<
  WebhookEndpoint,
  | 'description'
  | 'eventTypes'
  | 'filter'
  | 'template'
  | 'headers'
  | 'ordering'
  | 'concurrency'
  | 'ratePerSecond'
  | 'batchSize'
  | 'timeoutMs'
  | 'retrySchedule'
  | 'expiryMs'
>

/**
 * Settings as they may be stored, headers sealed; those that are undefined are left out.
 *
 * @throws Refusal when an event type, an expression or a header cannot be used
 */
export function usableSettings(settings: Partial<EndpointSettings>): Partial<EndpointSettings> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined)
  const usable: Partial<EndpointSettings> = Object.fromEntries(given)
  if (usable.eventTypes) {
    usable.eventTypes = knownPatterns(usable.eventTypes)
  }
  checkExpressions(usable)
  if (usable.headers) {
    usable.headers = sealHeaders(ownHeaders(usable.headers))
  }
  return usable
}

/** @throws Refusal when a robot would get a template, whose text it could not read */
export function refuseTemplateOfRobot(format: FormatName, template: string | null | undefined) {
  if (format !== 'json' && template) {
    throw Refusal.invalid(
      'template',
      `Messages of the format "${format}" have no template`,
      'unused'
    )
  }
}

const CHECKS = { filter: checkFilter, template: checkTemplate }

/** @throws Refusal with the mistake and its place, when one of them cannot be used */
export function checkExpressions(texts: { filter?: string | null; template?: string | null }) {
  for (const field of ['filter', 'template'] as const) {
    const text = texts[field]
    if (typeof text !== 'string') {
      continue
    }
    try {
      CHECKS[field](text)
    } catch (error) {
      throw error instanceof RefusedExpression ? Refusal.invalid(field, error.message) : error
    }
  }
}
