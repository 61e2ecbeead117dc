import { facts } from '#transformers/api_description/facts'
import { live } from '#transformers/api_description/live'
import type { Operations } from '#transformers/api_description/operation'
import { ocrWalletRecords } from '#transformers/api_description/ocr_wallets'
import { webhookDeliveries } from '#transformers/api_description/webhook_deliveries'
import { webhookEndpoints } from '#transformers/api_description/webhook_endpoints'
import { webhookReplays } from '#transformers/api_description/webhook_replays'
import { webhookStats } from '#transformers/api_description/webhook_stats'

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
