import { flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import settings from '#config/webhooks'
import env from '#start/env'
import { wantsEvent } from '#facts/event_types'
import { newSecret } from '#webhooks/endpoints/endpoint_secrets'
import { knownPatterns } from '#webhooks/endpoints/event_types'
import { assertCarried } from '#webhooks/listen/carried_events'
import { followStream } from '#webhooks/listen/followed_stream'
import { Relay } from '#webhooks/listen/relay'
import type { Relayed } from '#webhooks/listen/relay'
import { systemClock } from '#foundation/clock'
import { listFlag } from '#foundation/cli/flags'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'

export default class WebhookListen extends LongRunningCommand {
  static commandName = 'webhook:listen'
  static description = 'Relay live events to a URL on this machine, until stopped'
  static help = [
    'For building a receiver: it reads the live stream of a Regou, here or',
    'elsewhere, and posts each event signed as a webhook, once. Nothing is',
    'stored, and no endpoint is needed. The secret is new each time unless you',
    'give one.',
    '',
    'Launches and trades come without a token. With one that has webhooks:read,',
    'everything comes that an endpoint of its account could get, but for',
    'removals: pools, payments and alerts, and OCR wallet records with ocr:read.',
    'In the variable TOKEN it does not show in the list of processes.',
    '```',
    '{{ binaryName }} webhook:listen --forward=http://localhost:3000/hooks',
    '{{ binaryName }} webhook:listen --forward=http://localhost:3000/hooks --events="launch.*"',
    'TOKEN=regou_… {{ binaryName }} webhook:listen --events="*,payment.credited" --forward=…',
    '{{ binaryName }} webhook:listen --from=https://regou.example.com --forward=…',
    '```',
    'Exit codes: 0 stopped, 1 refused, or nothing answers at --from.',
  ]

  @flags.string({ description: 'Where to post: http://localhost:3000/hooks' })
  declare forward?: string

  @flags.string({ description: 'Address of the Regou [default: the web application here]' })
  declare from?: string

  @flags.array({ description: 'Event types or wildcards, separated by commas', default: ['*'] })
  declare events: string[]

  @flags.string({ description: 'The secret to sign with [default: a new one]' })
  declare secret?: string

  @flags.string({ description: 'A token of the account to listen for [default: $TOKEN]' })
  declare token?: string

  @flags.boolean({ description: 'Print each event as a line of JSON on stdout' })
  declare json?: boolean

  async work(signal: AbortSignal) {
    const patterns = knownPatterns(listFlag(this.events))
    const token = this.token ?? process.env.TOKEN
    assertCarried(patterns, Boolean(token))
    const secret = this.secret ?? newSecret()
    const url = this.#forwardUrl()
    const { timeoutMs } = settings.endpoint
    const { userAgent } = settings
    const relay = new Relay({ url, secret, timeoutMs, userAgent, clock: systemClock })
    signal.addEventListener('abort', () => void relay.close(), { once: true })

    const stream = followStream(this.#streamUrl(Boolean(token)), {
      token,
      clock: systemClock,
      signal,
      onOpen: () => printAside(`Ready. Signed with ${secret} (Ctrl+C to stop)\n`),
      onBreak: () => printAside('The stream broke off; opening it again …\n'),
    })
    for await (const { event, data } of stream) {
      if (event && data && wantsEvent(patterns, event)) {
        this.#print(event, await relay.send(event, JSON.parse(data)))
      }
    }
  }

  #forwardUrl(): string {
    const url = URL.parse(this.forward ?? '')
    if (!url || !/^https?:$/.test(url.protocol)) {
      throw new OperatorError('Say where to post: --forward=http://localhost:3000/hooks')
    }
    return url.href
  }

  #streamUrl(isOwn: boolean): string {
    const from = this.from ?? `http://127.0.0.1:${env.get('PORT')}`
    const url = URL.parse(from)
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
      throw new OperatorError(
        '--from should be a URL without user and password, such as https://regou.example.com'
      )
    }
    return new URL(isOwn ? '/api/v1/webhook/stream' : '/api/v1/stream', url.origin).href
  }

  #print(eventType: string, relayed: Relayed) {
    const { eventId, status, accepted, durationMs, error } = relayed
    if (this.json) {
      const line = { event_id: eventId, event_type: eventType, accepted, http_status: status }
      print(`${JSON.stringify({ ...line, duration_ms: durationMs, error })}\n`)
      return
    }
    const time = new Date(systemClock.now()).toISOString().slice(11, 19)
    const answer = accepted ? status : error
    print(`${time}  ${eventType}  ${eventId}  ${answer}, after ${durationMs} ms\n`)
  }
}
