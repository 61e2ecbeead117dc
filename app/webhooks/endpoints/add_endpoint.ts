import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import limitsConfig from '#config/limits'
import { Refusal } from '#foundation/errors'
import WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { refuseTemplateOfRobot, usableSettings } from '#webhooks/endpoints/endpoint_settings'
import type { EndpointSettings } from '#webhooks/endpoints/endpoint_settings'
import { newSecret } from '#webhooks/endpoints/endpoint_secrets'
import { refuseTwin } from '#webhooks/endpoints/receiver_url'
import { usableDestination, type DestinationWish } from '#webhooks/formats/destination'

interface NewEndpoint extends Partial<EndpointSettings>, DestinationWish {
  /** Exact types, `launch.*`, or `*`; all unless given, and for a robot graduations. */
  eventTypes?: string[]
  /** The user whose endpoint it is; the operator's own unless given. */
  ownerId?: number | null
}

/** A group would not read thousands of messages a day. */
const EVENTS_AT_FIRST = { program: ['*'], group: ['launch.graduated'] }

/**
 * Stores an endpoint, which gets what is stored from now on. The secret is in the answer and can
 * be had nowhere else; robots of groups do not check ours, and have none.
 *
 * @throws Refusal when the URL or a setting cannot be used, the URL is in use, or the account has as
 *   many endpoints as it may
 */
export async function addEndpoint(
  { url: text, format, robotSecret, chatId, language, ownerId = null, ...settings }: NewEndpoint,
  { endpoint: defaults, allowedNetworks }: DeliverySettings,
  clock: Clock
): Promise<{ endpoint: WebhookEndpoint; secret?: string }> {
  const usable = usableSettings(settings)
  const wish = { url: text, format, robotSecret, chatId, language }
  const destination = await usableDestination(wish, allowedNetworks)
  refuseTemplateOfRobot(destination.format, usable.template)
  const secret = newSecret()
  const now = clock.now()

  const endpoint = await writeTransaction(async (client) => {
    if (ownerId !== null) await refuseTooMany(client, ownerId)
    await refuseTwin(client, { ownerId, url: destination.url })
    const columns = {
      ...defaults,
      eventTypes: EVENTS_AT_FIRST[destination.format === 'json' ? 'program' : 'group'],
      ...usable,
      ...destination,
      ownerId,
      createdAt: now,
      updatedAt: now,
    }
    const { id } = await WebhookEndpoint.create(
      {
        ...columns,
        secrets: [{ value: secret, expiresAt: null }],
        origin: 'table',
        state: 'active',
      },
      { client }
    )
    return WebhookEndpoint.findOrFail(id, { client })
  })
  return { endpoint, ...(endpoint.format === 'json' && { secret }) }
}

async function refuseTooMany(client: TransactionClientContract, ownerId: number) {
  // On PostgreSQL, two of one account that are added at the same time wait for each other here.
  await client.from('users').where('id', ownerId).forUpdate().select('id')
  const [row] = await client.from('webhook_endpoints').where('owner_id', ownerId).count('* as n')
  if (Number(row.n) >= limitsConfig.endpoints) {
    throw new Refusal(
      'conflict',
      'too_many_endpoints',
      `An account may have ${limitsConfig.endpoints} endpoints (ACCOUNT_ENDPOINTS). Delete one first`,
      { apiMessage: `An account may have ${limitsConfig.endpoints} endpoints. Delete one first` }
    )
  }
}
