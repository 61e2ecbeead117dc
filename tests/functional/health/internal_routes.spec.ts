import { test } from '@japa/runner'
import healthConfig from '#config/health'
import PushAlert from '#models/push_alert'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeJobs } from '#tests/support/push_health'

const KEY = 'a key of the test'
const HALF_AN_HOUR = 1_800_000

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(appUrl(`/internal${path}`), { method, headers, redirect: 'manual' })
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, body: isJson ? ((await response.json()) as any) : response }
}

const withKey = (path: string, method?: string) =>
  ask(path, { authorization: `Bearer ${KEY}` }, method)

test.group('Internal routes', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    const { internalKey } = healthConfig
    healthConfig.internalKey = KEY
    return () => void (healthConfig.internalKey = internalKey)
  })

  test('refuse callers without the key, in words', async ({ assert }) => {
    const [without, wrong, almost] = await Promise.all([
      ask('/push-health'),
      ask('/push-health', { authorization: 'Bearer guessed' }),
      ask('/push-health/latest', { authorization: `Bearer ${KEY}x` }),
    ])
    const posted = await ask('/alerts/1/acknowledge', {}, 'POST')

    assert.equal(without.status, 401)
    assert.deepInclude(without.body.errors[0], { code: 'missing_key' })
    assert.deepInclude(wrong.body.errors[0], { code: 'invalid_key' })
    assert.equal(almost.status, 401)
    assert.equal(posted.status, 401)
  })

  test('refuse every caller while there is no key', async ({ assert }) => {
    healthConfig.internalKey = undefined

    for (const shown of ['Bearer ', 'Bearer undefined']) {
      const { status, body } = await ask('/push-health', { authorization: shown })
      assert.equal(status, 403)
      assert.include(body.errors[0].message, 'INTERNAL_API_KEY')
    }
  })

  test('take a check when asked, and repeat the last one', async ({ assert }) => {
    const before = await withKey('/push-health/latest')
    await storeJobs(3, 'sent', Date.now() - HALF_AN_HOUR)
    await storeJobs(1, 'failed', Date.now() - HALF_AN_HOUR)

    const { body: taken } = await withKey('/push-health')
    const { body: latest } = await withKey('/push-health/latest')

    assert.equal(before.status, 404)
    assert.equal(before.body.errors[0].code, 'no_check')
    assert.containsSubset(taken.data, { level: 'degraded', coverage: { due: 4, sent: 3 } })
    assert.deepEqual(latest, taken)
  })

  test('look at the window that is asked for', async ({ assert }) => {
    await storeJobs(1, 'sent', Date.now() - HALF_AN_HOUR)

    const { body: narrow } = await withKey('/push-health?window=10m')
    const { status, body } = await withKey('/push-health?window=1y')

    assert.equal(narrow.data.coverage.due, 0)
    assert.equal(status, 422)
    assert.match(body.errors[0].message, /10m, ?1h, ?6h, ?24h/)
  })

  test('acknowledge an alert, once and for all', async ({ assert }) => {
    await storeJobs(1, 'failed', Date.now() - HALF_AN_HOUR)
    const { body: open } = await withKey('/push-health')
    const alert = await PushAlert.firstOrFail()
    const path = `/alerts/${alert.id}/acknowledge`

    const first = await withKey(path, 'POST')
    const second = await withKey(path, 'POST')
    const { body: after } = await withKey('/push-health')
    const unknown = await withKey('/alerts/99999999999999999999/acknowledge', 'POST')

    assert.equal(open.data.open_alerts, 1)
    assert.equal(first.body.data.message, '0 % of 1 pushes arrived, 1 are missing')
    assert.isNumber(first.body.data.acknowledged_at)
    assert.deepEqual(second.body, first.body)
    assert.equal(after.data.open_alerts, 0)
    assert.equal(unknown.body.errors[0].code, 'unknown_alert')
  })

  test('list alerts with how bad each is, and those that wait', async ({ assert }) => {
    await storeJobs(1, 'failed', Date.now() - HALF_AN_HOUR)
    await withKey('/push-health')

    const { body } = await withKey('/alerts?state=open')
    const [alert] = body.data
    assert.deepEqual(
      [alert.kind, alert.alert_level, alert.acknowledged_at, alert.resolved_at],
      ['health.critical', 'critical', null, null]
    )
    await withKey(`/alerts/${alert.id}/acknowledge`, 'POST')
    const { body: waiting } = await withKey('/alerts?state=open')
    const { body: all } = await withKey('/alerts')
    assert.deepEqual([waiting.data.length, all.data.length], [0, 1])
  })

  test('lead a browser to the page', async ({ assert }) => {
    const { status, body } = await ask('/push-health', { accept: 'text/html,*/*;q=0.8' })

    assert.equal(status, 303)
    assert.equal(body.headers.get('location'), '/operator/health')
  })
})
