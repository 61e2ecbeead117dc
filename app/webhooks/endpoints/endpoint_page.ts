import WebhookEndpoint from '#models/webhook_endpoint'

interface Page {
  /** Only endpoints with a smaller id. */
  before?: number
  limit: number
}

/** Secrets stay where they are: a list can be read even with another APP_KEY. */
export const OPEN_COLUMNS = WebhookEndpoint.$columns.filter((column) => column !== 'secrets')

/**
 * Endpoints of one owner (a user's id) or of all (null), newest first: one more than a page holds,
 * when there are more.
 */
export function endpointPage(
  owner: number | null,
  { before, limit }: Page
): Promise<WebhookEndpoint[]> {
  const query = WebhookEndpoint.query()
    .select([...OPEN_COLUMNS])
    .orderBy('id', 'desc')
    .limit(limit + 1)

  if (owner !== null) query.where('owner_id', owner)
  if (before !== undefined) query.where('id', '<', before)
  return query
}
