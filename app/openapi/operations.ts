import { closedLists, openLists, storeWallets, streams } from '#openapi/facts'
import type { Operations } from '#openapi/operation'
import { okxAccounts } from '#openapi/okx_accounts'
import { orderOperations } from '#openapi/orders'
import { serviceRoutes } from '#openapi/service_routes'
import { tronOperations } from '#openapi/tron'
import { webhookDeliveries } from '#openapi/webhook_deliveries'
import { webhookEndpoints } from '#openapi/webhook_endpoints'
import { webhookReplays } from '#openapi/webhook_replays'
import { webhookStats } from '#openapi/webhook_stats'

/** Every route that is no page; a test holds this list against start/routes. */
export function operations(): Operations {
  const closed = closedLists()
  return {
    ...openLists(),
    ...streams,
    ...tronOperations,
    ...okxAccounts,
    ...orderOperations,
    ...webhookEndpoints,
    ...webhookDeliveries,
    ...webhookReplays,
    ...webhookStats,
    ...serviceRoutes,
    ...closed,
    '/api/v1/ocr/wallets': { ...closed['/api/v1/ocr/wallets'], post: storeWallets },
    '/api/openapi.json': {
      get: { id: 'describe_api', summary: 'This description', mediaType: 'application/json' },
    },
  }
}
