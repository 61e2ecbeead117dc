import type { TriedEvent } from '#webhooks/endpoints/dry_run'
import { plainText } from '#views/plain_text'

/** What an endpoint would get of the newest stored events. */
export function trialView(events: readonly TriedEvent[]) {
  return {
    total: events.length,
    sent: events.filter(({ outcome }) => outcome === 'sent').length,
    events: events.map(({ payload, ...event }) => ({
      id: event.event_id,
      type: event.event_type,
      outcome: event.outcome,
      text: event.outcome === 'sent' ? plainText(JSON.stringify(payload, null, 2)) : event.reason,
    })),
  }
}
