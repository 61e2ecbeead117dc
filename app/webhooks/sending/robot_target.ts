import { isDatabaseFault } from '#foundation/db/database_fault'
import { hideSecretsOf } from '#foundation/text/redact'
import { because } from '#models/reasons'
import User from '#models/user'
import WebhookEndpoint from '#models/webhook_endpoint'
import { groupMessage } from '#chat/messages/group_message'
import type { MessageLimits } from '#chat/messages/fitted'
import { readerOf, type Reader } from '#chat/reader'
import { ALWAYS_OPEN, inOneRequest } from '#delivery/channel'
import type { PreparedRequest, Rate, Target, Verdict } from '#delivery/channel'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'
import type { DueJob } from '#delivery/queue/job'
import { robotOf, shownUrl, type StoredRobot } from '#webhooks/formats/destination'
import { robotFormats, type RobotFormatName } from '#webhooks/formats/registry'
import type { Moved, RobotFormat } from '#webhooks/formats/robot_format'
import { endpointLabel, rateOf, retryOf } from '#webhooks/sending/endpoint_target'
import { InterruptedError, type HttpSender } from '#webhooks/sending/http_sender'
import { unanswered, withoutAnswer } from '#webhooks/sending/verdict'

/** More events than these are never told in one message: it could not name a tenth of them. */
const MOST_EVENTS = 200

/** A robot that says that a message is too long gets shorter ones, down to this, in characters. */
const SHORTEST = 500

/** A group's robot as a target: what waits for the rate limit is sent in one message. */
export class RobotTarget implements Target {
  readonly id: number
  readonly label: string
  readonly concurrency = 1
  readonly batchSize = MOST_EVENTS
  readonly ordering = 'together'
  readonly rate: Rate
  readonly timeoutMs: number
  readonly retry: RetryPolicy
  readonly failingSince: number | null
  readonly gate = ALWAYS_OPEN
  readonly #format: RobotFormat
  readonly #httpSender: HttpSender
  readonly #userAgent: string
  readonly #owner: number | null
  #robot: StoredRobot
  #limits: MessageLimits
  #reader?: Promise<Reader>

  /** @throws OperatorError when the robot was sealed with an application key that is no longer configured */
  constructor(
    endpoint: WebhookEndpoint,
    defaultRetry: RetryPolicy,
    httpSender: HttpSender,
    userAgent: string
  ) {
    this.id = endpoint.id
    this.label = endpointLabel(endpoint)
    this.timeoutMs = endpoint.timeoutMs
    this.retry = retryOf(endpoint, defaultRetry)
    this.failingSince = endpoint.failingSince
    this.#format = robotFormats[endpoint.format as RobotFormatName]
    this.rate = slower(this.#format.rate, rateOf(endpoint))
    this.#limits = this.#format.limits
    this.#robot = robotOf(endpoint)!
    this.#owner = endpoint.ownerId
    this.#httpSender = httpSender
    this.#userAgent = userAgent
    hideSecretsOf(this.#robot.url)
  }

  prepare(jobs: readonly DueJob[], now: number): PreparedRequest {
    return inOneRequest(jobs, () => this.#send(jobs, now))
  }

  async #send(jobs: readonly DueJob[], now: number): Promise<Verdict> {
    try {
      const reader = await (this.#reader ??= this.#readerOf())
      const text = await groupMessage(jobs, reader, this.#limits, now)
      const verdict = await this.#post(text, now)
      return verdict.kind === 'moved' ? await this.#follow(verdict, text, now) : verdict
    } catch (error) {
      this.#reader = undefined
      const { message } = error as Error
      // A database that is away is no fault of the event; one of which no message can be made is.
      return isDatabaseFault(error)
        ? { kind: 'hindered', lack: message }
        : withoutAnswer(because('internal', message))
    }
  }

  async #post(text: string, now: number): Promise<Verdict | Moved> {
    const { url, body } = this.#format.request(text, this.#robot, now)
    const { origin, pathname, search } = new URL(url)
    const result = await this.#httpSender.post({
      origin,
      path: pathname + search,
      timeoutMs: this.timeoutMs,
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': this.#userAgent },
      body: Buffer.from(JSON.stringify(body)),
    })
    if (result instanceof InterruptedError) return { kind: 'interrupted' }
    if (result instanceof Error) return unanswered(result)

    const verdict = this.#format.judge(result, now)
    if (verdict.kind === 'failed' && verdict.isAboutContent) this.#shorten()
    return verdict
  }

  /** The same message would be refused again. */
  #shorten() {
    const characters = Math.max(SHORTEST, Math.floor(this.#limits.characters / 2))
    this.#limits = { ...this.#limits, characters }
  }

  /** The message goes to where the group is now, and all that follow. */
  async #follow({ chatId }: Moved, text: string, now: number): Promise<Verdict> {
    this.#robot = { ...this.#robot, chatId }
    const columns = { robot: JSON.stringify(this.#robot), url: shownUrl(this.#robot) }
    const endpoint = await WebhookEndpoint.findOrFail(this.id)
    await endpoint.merge(columns).save()

    const verdict = await this.#post(text, now)
    return verdict.kind === 'moved'
      ? { kind: 'hindered', lack: 'the group was moved twice at once' }
      : verdict
  }

  async #readerOf(): Promise<Reader> {
    const owner = this.#owner === null ? null : await User.find(this.#owner)
    const { language } = this.#robot
    return readerOf({
      language: language ?? owner?.language ?? null,
      timeZone: owner?.timeZone ?? null,
    })
  }
}

/** Its owner may want less than the platform allows, never more. */
function slower(allowed: Rate, wanted: Rate | null): Rate {
  const perMs = ({ requests, perMs: ms }: Rate) => requests / ms
  return wanted && perMs(wanted) < perMs(allowed) ? wanted : allowed
}
