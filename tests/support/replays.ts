import type WebhookEndpoint from '#models/webhook_endpoint'
import { startReplay } from '#webhooks/replays/start_replay'
import type { ReplayRequest } from '#webhooks/replays/start_replay'
import { systemClock } from '#foundation/clock'
import { until } from '#tests/support/delivery'
import { storeTrade } from '#tests/support/facts'

/** Everything that was ever stored, as fast as the endpoint takes it. */
export function everything(endpoint: WebhookEndpoint): ReplayRequest {
  return {
    endpointId: endpoint.id,
    kind: 'history',
    since: 0,
    until: systemClock.now() + 60_000,
    isUntilGiven: true,
    eventTypes: null,
    ratePerSecond: null,
    eventLimit: null,
    again: false,
  }
}

/** Has a running sender work off a replay and answers what it released. */
export async function replayed(endpoint: WebhookEndpoint, request: Partial<ReplayRequest> = {}) {
  const { replay } = await startReplay({ ...everything(endpoint), ...request }, systemClock)
  await until(async () => {
    await replay.refresh()
    return replay.state === 'done'
  })
  return { added: replay.added, revived: replay.revived }
}

export async function storeTrades(count: number) {
  for (let index = 0; index < count; index++) {
    await storeTrade()
  }
}
