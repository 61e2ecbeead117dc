import db from '@adonisjs/lucid/services/db'
import type { Cause, Failure } from '#models/reasons'
import WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import type { Channel, Target } from '#delivery/channel'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { unusableTarget } from '#webhooks/sending/endpoint_target'
import { HttpSender } from '#webhooks/sending/http_sender'
import { openTarget } from '#webhooks/sending/open_target'
import { webhooks } from '#webhooks/sending/webhook_subscribers'
import { retireEndpoint, warnOfFailures } from '#webhooks/sending/retire_endpoint'

type EndpointRow = Parameters<typeof unusableTarget>[0] & Record<string, unknown>

/** Signed POSTs to the endpoints of the table `webhook_endpoints`. */
export class WebhookChannel implements Channel {
  readonly name = webhooks.name
  readonly deliveredColumn = webhooks.deliveredColumn
  readonly mostWaiting = webhooks.mostWaiting
  readonly targetTable = webhooks.targetTable
  readonly subscribers = webhooks.subscribers
  readonly readGates = null
  readonly #settings: DeliverySettings
  readonly #clock: Clock
  readonly #httpSender: HttpSender
  /** Targets by id, with the row they were made from: only a changed row is opened again. */
  #known = new Map<number, { row: string; target: Target }>()
  /** Endpoints disabled since the table was last read: a read under way finds them active still. */
  readonly #disabled = new Set<number>()
  #disabling: Promise<unknown> = Promise.resolve()

  constructor(settings: DeliverySettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
    this.#httpSender = new HttpSender(settings.allowedNetworks)
  }

  async targets(): Promise<Target[]> {
    await this.#disabling
    this.#disabled.clear()
    const rows: EndpointRow[] = await db.from('webhook_endpoints').where('state', 'active')

    const active = rows.filter((row) => !this.#disabled.has(Number(row.id)))
    const current = active.map((row): [number, { row: string; target: Target }] => {
      const text = JSON.stringify(row)
      const known = this.#known.get(Number(row.id))
      const target = known?.row === text ? known.target : this.#open(row)
      return [Number(row.id), { row: text, target }]
    })
    this.#known = new Map(current)
    return current.map(([, { target }]) => target)
  }

  async outOfService(endpointIds: readonly number[]) {
    const rows: { id: number | string }[] = await db
      .from('webhook_endpoints')
      .where('state', 'active')
      .whereIn('id', [...endpointIds])
      .select('id')
    const active = new Set(rows.map(({ id }) => Number(id)))
    return endpointIds.filter((id) => !active.has(id))
  }

  warn(endpointId: number, since: number, last: Cause<Failure>) {
    return warnOfFailures(endpointId, since, last, this.#clock)
  }

  async disable(endpointId: number, cause: Cause<Failure>, failedSince: number | null) {
    this.#disabled.add(endpointId)
    const disabling = retireEndpoint(endpointId, cause, failedSince, this.#clock)
    this.#disabling = Promise.allSettled([this.#disabling, disabling])
    await disabling
  }

  async setFailingSince(endpointId: number, since: number | null) {
    await db.from('webhook_endpoints').where('id', endpointId).update({ failing_since: since })
  }

  interrupt() {
    this.#httpSender.interrupt()
  }

  close() {
    return this.#httpSender.close()
  }

  #open(row: EndpointRow): Target {
    const { retry, userAgent } = this.#settings
    try {
      const endpoint = WebhookEndpoint.$createFromAdapterResult(row) as WebhookEndpoint
      return openTarget(endpoint, retry, this.#httpSender, userAgent)
    } catch (error) {
      return unusableTarget(row, retry, (error as Error).message)
    }
  }
}
