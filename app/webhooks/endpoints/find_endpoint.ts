import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import WebhookEndpoint from '#models/webhook_endpoint'
import { UnknownEndpoint } from '#webhooks/endpoints/endpoint_errors'

/**
 * An endpoint by its id as people type it; inside a transaction nobody else changes it until that
 * is over.
 *
 * @throws UnknownEndpoint when there is none
 */
export async function findEndpoint(
  id: string | number,
  trx?: TransactionClientContract
): Promise<WebhookEndpoint> {
  const query = WebhookEndpoint.query({ client: trx }).where('id', wholeNumber(id))
  if (trx?.dialect.name === 'postgres') {
    query.forUpdate()
  }
  const endpoint = await query.first()
  if (!endpoint) {
    throw new UnknownEndpoint(`There is no endpoint ${id}. Those there are: node ace webhook:list`)
  }
  return endpoint
}

function wholeNumber(id: string | number): number {
  const number = /^\d{1,15}$/.test(String(id)) ? Number(id) : null
  if (number === null) {
    throw new UnknownEndpoint(
      `"${id}" is not the number of an endpoint. The numbers: node ace webhook:list`
    )
  }
  return number
}
