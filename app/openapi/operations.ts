import { facts } from '#openapi/facts'
import { live } from '#openapi/live'
import type { Operations } from '#openapi/operation'
import { ocrWalletRecords } from '#openapi/ocr_wallets'
import { webhookDeliveries } from '#openapi/webhook_deliveries'
import { webhookEndpoints } from '#openapi/webhook_endpoints'
import { webhookReplays } from '#openapi/webhook_replays'
import { webhookStats } from '#openapi/webhook_stats'

/** Every route under /api; a test holds this list against start/routes.ts. */
export const operations: Operations = {
  ...facts,
  ...live,
  ...webhookEndpoints,
  ...webhookDeliveries,
  ...webhookReplays,
  ...webhookStats,
  ...ocrWalletRecords,
  '/api/openapi.json': {
    get: { id: 'describe_api', summary: 'This description', mediaType: 'application/json' },
  },
}
