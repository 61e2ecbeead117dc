import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { jsonIds } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { SILENCE_COLUMNS, silenceInRow, type SilenceRow } from '#chat/preferences/silence_rows'
import type { Cause, Failure } from '#models/reasons'
import WebPushSubscription from '#models/web_push_subscription'
import type { Channel } from '#delivery/channel'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'
import { BrowserTarget } from '#web_push/sending/browser_target'
import type { PushClient } from '#web_push/sending/push_client'
import { webPush } from '#web_push/sending/web_push_subscribers'
import { retireBrowser } from '#web_push/subscriptions/retire_browser'

/** It waits until the event is too old. */
const RETRY: RetryPolicy = { waits: [5000, 30_000, 60_000, 300_000], maxRetries: 1000 }

interface ChannelParts {
  client: PushClient
  clock: Clock
  onFault: (error: Error) => void
  /** When what did not leave is tried again. */
  retry?: RetryPolicy
}

/** Notifications to browsers, through their push services. */
export class WebPushChannel implements Channel {
  readonly name = webPush.name
  readonly deliveredColumn = webPush.deliveredColumn
  readonly mostWaiting = webPush.mostWaiting
  readonly targetTable = webPush.targetTable
  readonly subscribers = webPush.subscribers
  readonly #parts: Required<ChannelParts>
  #targets = new Map<number, BrowserTarget>()

  constructor(parts: ChannelParts) {
    this.#parts = { retry: RETRY, ...parts }
  }

  async targets() {
    const rows = await readBrowsers(null)
    const current = rows.map(({ id, failing_since: since }) => {
      const known = this.#targets.get(Number(id))
      const failingSince = since === null ? null : Number(since)
      return known?.failingSince === failingSince
        ? known
        : new BrowserTarget(Number(id), failingSince, this.#parts)
    })
    this.#targets = new Map(current.map((target) => [target.id, target]))
    this.#setGates(rows)
    return current
  }

  readonly readGates = async (ids: readonly number[]) => {
    this.#setGates(await readBrowsers(ids))
  }

  async outOfService(ids: readonly number[]) {
    const rows = await WebPushSubscription.query()
      .where('status', 'active')
      .whereIn('id', [...ids])
      .select('id')
    const active = new Set(rows.map(({ id }) => id))
    return ids.filter((id) => !active.has(id))
  }

  /** A user is told when the browser is gone, and not before. */
  async warn() {}

  /** What failed for days says nothing about the browser: its push service was not there. */
  async disable(id: number, { reason, detail }: Cause<Failure>, failedSince: number | null) {
    if (failedSince !== null) return
    await retireBrowser(id, detail ?? reason, this.#parts.clock.now())
  }

  async setFailingSince(id: number, since: number | null) {
    await WebPushSubscription.query().where('id', id).update({ failingSince: since })
  }

  /** What is under way ends by itself: cut, it might have arrived. */
  interrupt() {}

  close() {
    return this.#parts.client.close()
  }

  #setGates(rows: readonly Row[]) {
    const now = this.#parts.clock.now()
    for (const row of rows) {
      const gate = this.#targets.get(Number(row.id))?.gate
      gate?.set(silenceInRow(row, now), Number(row.paused_until))
    }
  }
}

interface Row extends SilenceRow {
  id: number | string
  failing_since: number | string | null
  paused_until: number | string
}

/** @param ids of those alone; null: of all that are in use */
function readBrowsers(ids: readonly number[] | null): Promise<Row[]> {
  const client = db.connection()
  return rowsOf<Row>(
    client,
    `select browser.id, failing_since, paused_until, ${SILENCE_COLUMNS}
     from web_push_subscriptions as browser
     join users on users.id = browser.user_id
     left join chat_preferences as preference on preference.user_id = browser.user_id
     where browser.status = 'active' ${ids === null ? '' : `and browser.id in ${jsonIds(client)}`}
     order by browser.id`,
    ids === null ? [] : [JSON.stringify(ids)]
  )
}
