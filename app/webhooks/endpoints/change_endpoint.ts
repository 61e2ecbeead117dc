import { because } from '#models/reasons'
import type WebhookEndpoint from '#models/webhook_endpoint'
import type { EndpointState } from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { refuseTemplateOfRobot, usableSettings } from '#webhooks/endpoints/endpoint_settings'
import type { EndpointSettings } from '#webhooks/endpoints/endpoint_settings'
import { IN_SERVICE } from '#webhooks/endpoints/endpoint_state'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { refuseTwin } from '#webhooks/endpoints/receiver_url'
import { changedDestination, type DestinationWish } from '#webhooks/formats/destination'

interface EndpointChanges extends Partial<EndpointSettings>, Partial<DestinationWish> {
  state?: EndpointState
}

/**
 * Changes what is named and leaves the rest; a running sender takes it up within WEBHOOK_INTERVAL.
 * One that is enabled again gets what is stored from then on, and by a replay what it missed.
 *
 * @param allowedNetworks private networks (CIDR) that may be sent to all the same
 * @throws Refusal when there is none, or when the URL or a setting cannot be used
 */
export async function changeEndpoint(
  id: number,
  { url, format, robotSecret, chatId, language, state, ...settings }: EndpointChanges,
  allowedNetworks: readonly string[],
  clock: Clock
): Promise<WebhookEndpoint> {
  const usable = usableSettings(settings)
  const wish = { url, format, robotSecret, chatId, language }
  // Before the transaction: a name may take seconds to be looked up.
  const destination = await changedDestination(await findEndpoint(id), wish, allowedNetworks)

  return writeTransaction(async (trx) => {
    const endpoint = await findEndpoint(id, trx)
    endpoint.merge({ ...usable, ...destination, updatedAt: clock.now() })
    refuseTemplateOfRobot(endpoint.format, endpoint.template)
    if (state !== undefined && state !== endpoint.state) {
      endpoint.merge({ state, ...reasonOf(state) })
    }
    if (endpoint.state === 'active' && (endpoint.$dirty.url || endpoint.$dirty.state)) {
      const { ownerId, url: current } = endpoint
      await refuseTwin(trx, { id: endpoint.id, ownerId, url: current })
    }
    return endpoint.save()
  })
}

function reasonOf(state: EndpointState) {
  return state === 'active' ? IN_SERVICE : { ...because('by_owner'), failedSince: null }
}
