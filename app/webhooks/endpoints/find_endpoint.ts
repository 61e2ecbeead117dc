import { Refusal } from '#foundation/errors'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import WebhookEndpoint from '#models/webhook_endpoint'

/**
 * An endpoint by its id as people type it. Inside a transaction its row is locked until that ends.
 *
 * @throws Refusal when there is none
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
    throw unknownEndpoint(`There is no endpoint ${id}. Those there are: node ace webhook:list`)
  }
  return endpoint
}

function wholeNumber(id: string | number): number {
  const number = /^\d{1,15}$/.test(String(id)) ? Number(id) : null
  if (number === null) {
    throw unknownEndpoint(
      `"${id}" is not the number of an endpoint. The numbers: node ace webhook:list`
    )
  }
  return number
}

/**
 * An endpoint, for a reader who may see those of one owner (a user's id) or those of all (null).
 * Another owner's endpoint is answered as none, so that no reader learns which ids are taken.
 *
 * @throws Refusal
 */
export async function ownedEndpoint(
  id: string | number,
  owner: number | null
): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(id)
  if (owner !== null && endpoint.ownerId !== owner) {
    throw unknownEndpoint(`There is no endpoint ${id}`)
  }
  return endpoint
}

/**
 * As `ownedEndpoint`, for changing it.
 *
 * @throws Refusal when there is none, or when the next start of the sender would undo it
 */
export async function changeableEndpoint(
  id: string | number,
  owner: number | null
): Promise<WebhookEndpoint> {
  const endpoint = await ownedEndpoint(id, owner)
  if (endpoint.origin === 'env') {
    throw new Refusal(
      'conflict',
      'environment_endpoint',
      `Endpoint ${endpoint.id} comes from WEBHOOK_URLS, which it follows at every start of the sender: change it there`
    )
  }
  return endpoint
}

function unknownEndpoint(message: string): Refusal {
  const apiMessage = 'There is no such endpoint. Those there are: GET /api/v1/webhook/endpoints'
  return new Refusal('unknown', 'unknown_endpoint', message, { apiMessage })
}
