import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import PushAlert from '#models/push_alert'
import healthConfig from '#config/health'
import { systemClock } from '#foundation/clock'
import { checkPush } from '#health/check_push'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'
import { operator } from '#tests/support/operator'
import { storeJobs } from '#tests/support/push_health'
import { Visitor } from '#tests/support/visitor'

const HALF_AN_HOUR = 1_800_000

test.group('Operator pages, push health', (group) => {
  group.each.setup(() => emptyDatabase())

  test('are for operators', async ({ assert }) => {
    const page = await new Visitor().get('/operator/health')

    assert.equal(page.location, '/login?next=%2Foperator%2Fhealth')
  })

  test('say how all is in one sentence: {language}')
    .with([
      {
        language: 'en',
        well: '3 of 3 pushes arrived',
        bad: '60 % of 5 pushes arrived; 2 are missing',
      },
      {
        language: 'zh-CN',
        well: '应推送 3 条，已送达 3 条',
        bad: '应推送 5 条，只送达 60 %，缺 2 条',
      },
    ])
    .run(async ({ assert }, { language, well, bad }) => {
      const visitor = await operator(language)
      await storeJobs(3, 'sent', Date.now() - HALF_AN_HOUR)
      const { text: before } = await visitor.get('/operator/health')
      await storeJobs(2, 'failed', Date.now() - HALF_AN_HOUR)
      const { text: after } = await visitor.get('/operator/health')

      assert.include(before, 'data-level="ok"')
      assert.include(before, well)
      assert.include(after, 'data-level="degraded"')
      assert.include(after, bad)
    })

  test('show launches by source and kind, and what did not arrive by why', async ({ assert }) => {
    const visitor = await operator()
    await storeLaunch({ source: 'flap', created_at: Date.now() - HALF_AN_HOUR })
    await storeJobs(12, 'skipped', Date.now() - HALF_AN_HOUR, {
      reason: 'filtered',
    })

    const { text } = await visitor.get('/operator/health')

    assert.match(text, /flap<\/span>[^]*?New<\/span>\s*<\/th>\s*<td>1<\/td>/)
    assert.match(text, /Filtered out<\/dt>\s*<dd[^>]*>12</)
    assert.match(text, /Skipped<\/dt>\s*<dd[^>]*>12</)
  })

  test('list open alerts and let them be acknowledged', async ({ assert }) => {
    const visitor = await operator()
    await storeJobs(1, 'failed', Date.now() - HALF_AN_HOUR)
    await checkPush({ settings: healthConfig, clock: systemClock })
    const alert = await PushAlert.firstOrFail()

    const { text: open } = await visitor.get('/operator/health')
    const posted = await visitor.post(`/operator/health/alerts/${alert.id}/acknowledge`)
    const { text: after } = await visitor.get('/operator/health')

    assert.include(open, '1 alert is open')
    assert.include(open, 'The last check was not well.')
    assert.equal(posted.location, '/operator/health#alerts')
    assert.include(after, 'Acknowledged:')
    assert.include(after, 'No alert is open.')
    await alert.refresh()
    assert.closeTo(alert.acknowledgedAt!, Date.now(), 60_000)
  })

  test('tell of an alert in the language of its reader', async ({ assert }) => {
    const visitor = await operator('zh-CN')
    await storeJobs(1, 'failed', Date.now() - HALF_AN_HOUR)
    await checkPush({ settings: healthConfig, clock: systemClock })
    await db.from('notification_jobs').delete()

    const { text } = await visitor.get('/operator/health')

    assert.include(text, '没有需要推送的内容')
    assert.include(text, '应推送 1 条，只送达 0 %，缺 1 条。')
  })
})
