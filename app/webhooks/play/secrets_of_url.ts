import WebhookEndpoint from '#models/webhook_endpoint'

/** The secrets of a user's endpoints that send to this URL: what comes from them can be checked. */
export async function secretsOfUrl(ownerId: number, url: string): Promise<string[]> {
  const endpoints = await WebhookEndpoint.query().where({ owner_id: ownerId, url })
  return endpoints.flatMap(({ secrets }) => secrets.map(({ value }) => value))
}
