import type PlayReceiver from '#models/play_receiver'
import type PlayRequest from '#models/play_request'
import type { Viewer } from '#http/viewer'
import { plainText } from '#views/plain_text'
import { verifyRequest } from '#webhooks/endpoints/verify_request'
import { PLAY_ANSWERS } from '#webhooks/play/receivers'

/** Half the time that a request may be off, for receivers that follow Standard Webhooks. */
const TOLERANCE_MS = 300_000

interface Stored {
  receiver: PlayReceiver
  /** Where it is posted to. */
  url: string
  requests: readonly PlayRequest[]
  /** Of the endpoints that send there. */
  secrets: readonly string[]
}

/** A receiver of ours and what it got. */
export function playView({ receiver, url, requests, secrets }: Stored, viewer: Viewer) {
  return {
    receiver: {
      id: receiver.id,
      url,
      answerStatus: receiver.answerStatus,
      query: new URLSearchParams({ url }).toString(),
    },
    answers: PLAY_ANSWERS,
    hasEndpoint: secrets.length > 0,
    requests: requests.map((request) => requestRow(request, secrets, viewer)),
  }
}

function requestRow(request: PlayRequest, secrets: readonly string[], { localTime }: Viewer) {
  const headers: Record<string, string> = JSON.parse(request.headers)
  const { body, receivedAt, answerStatus } = request
  return {
    id: request.id,
    receivedAt: localTime(receivedAt),
    answerStatus,
    event: eventOf(body),
    verdict: verdictOf({ headers, body }, secrets, receivedAt),
    headers: Object.entries(headers).map(([name, value]) => `${name}: ${plainText(value)}`),
    body: plainText(laidOut(body)),
  }
}

/** Whether the signature is right, where one of the owner's endpoints may have made it. */
function verdictOf(
  { headers, body }: { headers: Record<string, string>; body: string },
  secrets: readonly string[],
  receivedAt: number
) {
  if (secrets.length === 0) return null
  const request = { body, headers: new Map(Object.entries(headers)) }
  const verdict = verifyRequest(request, { secrets, now: receivedAt, toleranceMs: TOLERANCE_MS })
  return verdict.genuine ? 'genuine' : verdict.reason
}

function eventOf(body: string): string | null {
  const { event_type: type } = parsed(body) ?? {}
  return typeof type === 'string' ? plainText(type) : null
}

function laidOut(body: string): string {
  const value = parsed(body)
  return value === null ? body : JSON.stringify(value, null, 2)
}

/** A body as JSON; null for any other. */
function parsed(body: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(body)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
