import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type WechatBotBinding from '#models/wechat_bot_binding'
import { readPushHealth } from '#health/report'
import { emptyDatabase } from '#tests/support/database'
import { givePro } from '#tests/support/plans'
import { HEALTH_SETTINGS, storeJobs, storeProcess } from '#tests/support/push_health'
import { SettableClock } from '#tests/support/settable_clock'
import { storeBinding } from '#tests/support/wechat_bindings'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test.group('Health of WeChat', (group) => {
  group.each.setup(() => emptyDatabase())

  const clock = new SettableClock()
  const now = clock.now()
  const look = () => readPushHealth(HOUR, now, HEALTH_SETTINGS)

  /** A binding that is polled, whose user wrote a while ago and was sent one push. */
  async function polled(columns: Partial<WechatBotBinding> = {}) {
    await storeProcess('send:wechat', now)
    return storeBinding({
      lastPollAt: now,
      inboundSeq: 1,
      lastInboundAt: now - 2 * HOUR,
      sendsSinceInbound: 1,
      pushesSinceInbound: 1,
      lastPushAt: now - HOUR,
      ...columns,
    })
  }

  /** Jobs for a binding that were planned half an hour ago. */
  function planned(count: number, status: string, id: number, columns: object = {}) {
    const of = { channel: 'wechat', target_id: id, fact_type: 'launch', ...columns }
    return storeJobs(count, status, now - 30 * MINUTE, of)
  }

  async function sentMessage(bindingId: number, columns: object = {}) {
    const message = { binding_id: bindingId, inbound_seq: 1, kind: 'single', result: 'accepted' }
    const [row] = await db
      .knexQuery()
      .table('wechat_messages')
      .insert({ ...message, client_id: `c${Math.random()}`, created_at: now, ...columns })
      .returning('id')
    return Number(row.id)
  }

  const namesOf = ({ findings }: Awaited<ReturnType<typeof look>>) =>
    findings.map(({ name }) => name)

  test('is ok while what is held waits for its users, and says who has to do what', async ({
    assert,
  }) => {
    const { id } = await polled({ lastInboundAt: now - 30 * HOUR })
    await planned(2, 'sent', id, { sent_at: now - 29 * MINUTE })
    await planned(5, 'held', id, { reason: 'window' })
    await planned(4, 'held', id, { reason: 'quota' })
    await planned(3, 'held', id, { reason: 'muted' })
    await planned(2, 'expired', id, { reason: 'summarised' })
    await planned(1, 'expired', id)

    const report = await look()

    assert.deepEqual(namesOf(report), [])
    assert.equal(
      report.verdict,
      '100 % of 2 pushes arrived; 2 users of WeChat have to write to get more'
    )
    assert.containsSubset(report.wechat, { due: 2, told: 2, coverage: 1 })
    assert.containsSubset(report.wechat.jobs, {
      sent: 2,
      held_window: 5,
      held_quota: 4,
      held_user: 3,
      summarised: 2,
      expired_held: 1,
    })
    assert.equal(report.coverage.due, 0, 'the figures of webhooks are theirs alone')
  })

  test('counts against us what is overdue, throttled, failed or unanswered', async ({ assert }) => {
    const { id } = await polled()
    const digest = await sentMessage(id, { kind: 'digest' })
    await planned(12, 'sent', id, { message_id: digest, sent_at: now })
    await planned(1, 'pending', id)
    await planned(2, 'held', id, { reason: 'throttled' })
    await planned(1, 'failed', id, { reason: 'connect' })
    await planned(4, 'failed', id, { reason: 'unknown_outcome' })
    await planned(5, 'failed', id, { reason: 'unconfirmed' })

    const report = await look()

    assert.containsSubset(report.wechat, { due: 20, told: 12, coverage: 0.6 })
    assert.containsSubset(report.wechat.jobs, { in_digest: 12, waiting: 1, unconfirmed: 5 })
    assert.sameMembers(namesOf(report), [
      'wechat_coverage_low',
      'wechat_unknown',
      'wechat_swallowed',
    ])
  })

  test('does not take a message for overdue that waits for its turn', async ({ assert }) => {
    const { id } = await polled({ pushesSinceInbound: 5, lastPushAt: now - 10 * MINUTE })
    await planned(3, 'pending', id)

    const { wechat } = await look()

    assert.containsSubset(wechat, { due: 0, coverage: null })
    assert.equal(wechat.jobs.paced, 3)
  })

  test('is bad when bindings are not polled, or no process does', async ({ assert }) => {
    await polled({ lastPollAt: now - 4 * MINUTE })
    await polled()
    const silent = await look()
    assert.deepEqual(namesOf(silent), ['wechat_poll_silent'])
    assert.equal(silent.level, 'critical')

    await db.from('process_heartbeats').delete()
    assert.deepEqual(namesOf(await look()), ['process_missing'])
  })

  test('names bindings of which every message has been refused for an hour', async ({ assert }) => {
    const refused = { refusals: 2, refusedAt: now - 10 * MINUTE }
    const { id } = await polled(refused)
    const other = await polled(refused)
    for (const minutes of [80, 10]) {
      const at = now - minutes * MINUTE
      await sentMessage(id, { result: 'refused', created_at: at })
      await sentMessage(other.id, { result: 'refused', created_at: at })
      await sentMessage(other.id, { created_at: at })
    }

    const report = await look()

    assert.containsSubset(report.findings, [{ name: 'wechat_refused', bindings: 1 }])
  })

  test('names users whose binding has ended, not those who unbound it', async ({ assert }) => {
    await polled()
    const lost = await storeBinding({ status: 'expired', endedAt: now - HOUR })
    await givePro(lost.userId, clock)
    const left = await storeBinding({ status: 'inactive', endedAt: now - HOUR })
    await givePro(left.userId, clock)

    const report = await look()

    assert.containsSubset(report.findings, [{ name: 'wechat_unreachable', users: 1, active: 1 }])
    assert.lengthOf(report.findings, 1)
  })
})
