import { verifier } from '#webhooks/sending/verifier'
import type { Verifier } from '#webhooks/sending/verifier'
import { OperatorError } from '#foundation/errors'

/** A request as a receiver got it. */
export interface CapturedRequest {
  /** The body as it came, byte for byte. */
  body: string
  /** Headers by name, in lower case. */
  headers: Map<string, string>
}

interface Check {
  /** The receiver's secrets (whsec_) or public keys (whpk_); one match is enough. */
  secrets: readonly string[]
  /** Epoch milliseconds. */
  now: number
  /** How far the request's time may be from `now`, in milliseconds. */
  toleranceMs: number
}

export type Verification =
  | { genuine: true; id: string; age_seconds: number }
  | { genuine: false; reason: 'header' | 'secret' | 'signature' | 'age'; problem: string }

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/** Checks a captured request as a receiver would, and says precisely what is wrong with it. */
export function verifyRequest(request: CapturedRequest, check: Check): Verification {
  const missing = HEADERS.filter((name) => !request.headers.get(name))
  if (missing.length > 0) {
    return wrong('header', `It lacks ${missing.join(' and ')}`)
  }
  const [id, sent, signature] = HEADERS.map((name) => request.headers.get(name)!.trim()) as [
    string,
    string,
    string,
  ]
  const verifiers = verifiersOf(check.secrets)
  if (!Array.isArray(verifiers)) {
    return verifiers
  }
  return (
    wrongTimestamp(sent) ??
    wrongSignature(request.body, { id, timestamp: Number(sent), signature }, verifiers) ??
    wrongAge(Number(sent), check) ?? {
      genuine: true,
      id,
      age_seconds: Math.round(check.now / 1000 - Number(sent)),
    }
  )
}

/** Or what is wrong with a secret. */
function verifiersOf(secrets: readonly string[]): Verifier[] | Verification {
  if (secrets.length === 0) {
    return wrong('secret', 'There is no secret to check it with')
  }
  try {
    return secrets.map(verifier)
  } catch (error) {
    return wrong('secret', (error as Error).message)
  }
}

function wrongTimestamp(sent: string): Verification | null {
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
  verifiers: readonly Verifier[]
): Verification | null {
  const given = signature.split(/\s+/)
  const checks = verifiers.flatMap(({ version, isRight }) =>
    given
      .filter((one) => one.startsWith(`${version},`))
      .map((one) => (text: string) => isRight(one, id, timestamp, text))
  )
  if (checks.length === 0) {
    const versions = [...new Set(verifiers.map(({ version }) => version))].join(' or ')
    return wrong(
      'signature',
      `webhook-signature "${signature}" holds no signature of version ${versions}`
    )
  }
  const matches = (text: string) => checks.some((isRight) => isRight(text))
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

function wrongAge(sent: number, { now, toleranceMs }: Check): Verification | null {
  const age = Math.round(now / 1000 - sent)
  const excess = Math.ceil(Math.abs(age) - toleranceMs / 1000)
  if (excess <= 0) {
    return null
  }
  const words = age > 0 ? `too old by ${excess} s` : `${excess} s too far in the future`
  return wrong('age', `The signature is right, but the request is ${words}`)
}

function wrong(reason: 'header' | 'secret' | 'signature' | 'age', problem: string): Verification {
  return { genuine: false, reason, problem }
}

/**
 * Headers from lines such as `webhook-id: evt_…`, by name in lower case.
 *
 * @throws OperatorError when a line is not a header; it may hold a secret and is not shown
 */
export function capturedHeaders(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines.map((line, index) => {
      const [, name, value] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
      if (!name) {
        throw new OperatorError(
          `Header ${index + 1} of ${lines.length} has no colon behind its name. ` +
            'Example: --header="webhook-id: evt_1"'
        )
      }
      return [name.toLowerCase(), value!]
    })
  )
}
