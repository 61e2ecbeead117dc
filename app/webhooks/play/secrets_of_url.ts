import WebhookEndpoint from '#models/webhook_endpoint'

/**
 * The secrets that sign for a user's endpoints that send to this URL: what comes from them can be
 * checked. `now` is in epoch milliseconds.
 */
export async function secretsOfUrl(ownerId: number, url: string, now: number): Promise<string[]> {
  const endpoints = await WebhookEndpoint.query().where({ owner_id: ownerId, url })
  return endpoints
    .flatMap(({ secrets }) => secrets)
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .map(({ value }) => value)
}
