import { timingSafeEqual } from 'node:crypto'
import { sign, signingKey } from '#delivery/channels/webhook/signature'

/** A request as a receiver got it. */
export interface CapturedRequest {
  /** The body as it came, byte for byte. */
  body: string
  /** Headers by name, in lower case. */
  headers: Map<string, string>
}

interface Check {
  /** The receiver's secrets; one match is enough. */
  secrets: readonly string[]
  /** Epoch milliseconds. */
  now: number
  /** How far the request's time may be from `now`, in milliseconds. */
  toleranceMs: number
}

export type Finding =
  | { genuine: true; id: string; age_seconds: number }
  | { genuine: false; reason: 'header' | 'secret' | 'signature' | 'age'; problem: string }

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/** Checks a captured request as a receiver would, and says precisely what is wrong with it. */
export function verifyRequest(request: CapturedRequest, check: Check): Finding {
  const missing = HEADERS.filter((name) => !request.headers.get(name))
  if (missing.length > 0) {
    return wrong('header', `It lacks ${missing.join(' and ')}`)
  }
  const [id, sent, signature] = HEADERS.map((name) => request.headers.get(name)!.trim()) as [
    string,
    string,
    string,
  ]
  return (
    wrongSecret(check.secrets) ??
    wrongTimestamp(sent) ??
    wrongSignature(request.body, { id, timestamp: Number(sent), signature }, check.secrets) ??
    wrongAge(Number(sent), check) ?? {
      genuine: true,
      id,
      age_seconds: Math.round(check.now / 1000 - Number(sent)),
    }
  )
}

function wrongSecret(secrets: readonly string[]): Finding | null {
  for (const secret of secrets) {
    if (!secret.startsWith('whsec_')) {
      return wrong('secret', 'The secret does not begin with whsec_: give it as it was shown')
    }
    try {
      signingKey(secret)
    } catch {
      return wrong('secret', 'The secret is not whsec_ and 24 to 64 bytes in base64')
    }
  }
  return secrets.length > 0 ? null : wrong('secret', 'There is no secret to check it with')
}

function wrongTimestamp(sent: string): Finding | null {
  if (/^\d{13}$/.test(sent)) {
    return wrong('header', `webhook-timestamp ${sent} is in milliseconds, but should be in seconds`)
  }
  return /^\d{1,12}$/.test(sent)
    ? null
    : wrong('header', `webhook-timestamp "${sent}" is not a time in Unix seconds`)
}

function wrongSignature(
  body: string,
  { id, timestamp, signature }: { id: string; timestamp: number; signature: string },
  secrets: readonly string[]
): Finding | null {
  const given = signature.split(/\s+/).filter((one) => one.startsWith('v1,'))
  if (given.length === 0) {
    return wrong('signature', `webhook-signature "${signature}" holds no signature of version v1`)
  }
  const matches = (text: string) =>
    secrets.some((secret) => {
      const expected = sign([signingKey(secret)], id, timestamp, text)
      return given.some((one) => isSame(one, expected))
    })
  if (matches(body)) {
    return null
  }
  const change = likelyChanges(body).find(({ text }) => matches(text))
  return wrong(
    'signature',
    change
      ? `The signature is right for another body: ${change.words}`
      : 'The signature is wrong: another secret, or id, time or body were changed'
  )
}

/** What often happens to a body between the wire and the check. */
function likelyChanges(body: string): { text: string; words: string }[] {
  const changes = [
    { text: body.replace(/\r?\n$/, ''), words: 'a line break was added at the end' },
    { text: `${body}\n`, words: 'a line break at the end is missing' },
  ]
  try {
    const printed = JSON.stringify(JSON.parse(body))
    return [...changes, { text: printed, words: 'it was parsed and printed again' }]
  } catch {
    return changes
  }
}

function wrongAge(sent: number, { now, toleranceMs }: Check): Finding | null {
  const age = Math.round(now / 1000 - sent)
  const excess = Math.ceil(Math.abs(age) - toleranceMs / 1000)
  if (excess <= 0) {
    return null
  }
  const words = age > 0 ? `too old by ${excess} s` : `${excess} s too far in the future`
  return wrong('age', `The signature is right, but the request is ${words}`)
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function wrong(reason: 'header' | 'secret' | 'signature' | 'age', problem: string): Finding {
  return { genuine: false, reason, problem }
}
