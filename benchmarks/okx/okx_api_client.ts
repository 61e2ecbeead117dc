import type { VenueKey } from '#demo/okx/venue_account'

/** Not among the packages of this project: without it the baseline is left out. */
const PACKAGE = 'okx-api'

interface Update {
  arg?: { channel?: string }
  data?: { tradeId?: string }[]
}

/** What is used of the client. */
interface Client {
  on(event: string, listener: (update: Update) => void): void
  subscribe(topics: object[]): void
  closeAll(force: boolean): void
}

/** Follows the orders of an account with okx-api, as its examples do, and counts the fills that it tells. */
export async function followWithOkxApi(wsUrl: string, { apiKey, secret, passphrase }: VenueKey) {
  const loaded = await import(PACKAGE).catch(() => null)
  if (loaded === null) {
    process.stderr.write(`okx-api is not compared: npm install --no-save ${PACKAGE}@3.2.3\n`)
    return null
  }
  const quiet = { trace() {}, info() {}, error() {} }
  const client: Client = new loaded.WebsocketClient(
    {
      accounts: [{ apiKey, apiSecret: secret, apiPass: passphrase }],
      wsUrl: `${wsUrl}/ws/v5/private`,
    },
    quiet
  )
  const told = new Set<string>()
  const subscribed = new Promise<void>((resolve) => client.on('response', () => resolve()))
  client.on('exception', () => {})
  client.on('update', ({ arg, data = [] }) => {
    if (arg?.channel !== 'orders') return
    for (const { tradeId } of data) if (tradeId) told.add(tradeId)
  })
  client.subscribe([{ channel: 'orders', instType: 'ANY' }])
  await subscribed
  return {
    get fills() {
      return told.size
    },
    close: () => client.closeAll(true),
  }
}
