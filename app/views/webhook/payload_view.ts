import type { Viewer } from '#http/viewer'
import { reasonText } from '#views/reason_text'
import { plainText } from '#views/plain_text'
import type { TriedEvent } from '#webhooks/endpoints/dry_run'

/** A payload laid out for reading, or why there is none. */
export async function payloadView(make: () => Promise<string | null>) {
  try {
    const payload = await make()
    return { text: payload && plainText(laidOut(payload)), problem: null }
  } catch (error) {
    return { text: null, problem: (error as Error).message }
  }
}

function laidOut(payload: string): string {
  return JSON.stringify(JSON.parse(payload), null, 2)
}

/** What an endpoint would get of the newest stored events. */
export function trialView(events: readonly TriedEvent[], viewer: Viewer) {
  return {
    total: events.length,
    sent: events.filter(({ outcome }) => outcome === 'sent').length,
    events: events.map(({ payload, cause, ...event }) => ({
      id: event.event_id,
      type: event.event_type,
      outcome: event.outcome,
      text:
        event.outcome === 'sent'
          ? plainText(JSON.stringify(payload, null, 2))
          : cause && reasonText(cause, viewer),
    })),
  }
}
