import { sign, signingKey } from '#webhooks/sending/signature'
import { unixSeconds } from '#delivery/envelope'

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

const keys = [signingKey(SECRET)]

/** Body and headers of an event, made anew for each try as the signature holds the time. */
export function signedRequest(event: { id: string }) {
  const body = Buffer.from(JSON.stringify(event))
  const timestamp = unixSeconds(Date.now())
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'bench',
    'webhook-id': event.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': sign(keys, event.id, timestamp, body),
  }
  return { body, headers }
}
