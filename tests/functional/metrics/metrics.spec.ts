import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import healthConfig from '#config/health'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { storeCursor, storeJobs, storeProcess } from '#tests/support/push_health'

const KEY = 'a key of the test'

test.group('GET /metrics', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    const { internalKey } = healthConfig
    healthConfig.internalKey = KEY
    return () => void (healthConfig.internalKey = internalKey)
  })

  async function scrape(headers: Record<string, string> = {}) {
    const authorization = `Bearer ${KEY}`
    const response = await fetch(appUrl('/metrics'), { headers: { authorization, ...headers } })
    return { response, text: await response.text() }
  }

  test('is for those with the key', async ({ assert }) => {
    const without = await fetch(appUrl('/metrics'), { headers: { accept: '*/*' } })
    assert.equal(without.status, 401)
    assert.notInclude(await without.text(), 'regou_')
  })

  test('tells of what other processes do, from what they have stored', async ({ assert }) => {
    const now = Date.now()
    await storeProcess('scan:chain', now, { figures: JSON.stringify({ rss_bytes: 5e7 }) })
    await storeProcess('send:webhooks', now, { waiting_since: now - 3_600_000 })
    await storeCursor(now, { block_number: 90, head_block: 100 })
    await storeJobs(3, 'pending', now)
    await storeLaunch()
    await storeEndpoint('https://192.88.98.1/hooks')

    const { text } = await scrape()
    for (const line of [
      'regou_processes{process="scan:chain",condition="at work"} 1',
      'regou_processes{process="send:webhooks",condition="stuck"} 1',
      'regou_process_resident_memory_bytes{process="scan:chain",host="test"} 50000000',
      'regou_chain_blocks_behind{chain_id="56"} 10',
      'regou_outbox_facts 1',
      'regou_jobs_waiting{class="new"} 3',
      'regou_endpoints{state="active"} 1',
    ]) {
      assert.include(text.split('\n'), line)
    }
  })

  test('counts answers by route, whatever is asked for', async ({ assert }) => {
    for (const path of ['/health/live', '/health/live', '/made/up/1', '/made/up/2']) {
      const response = await fetch(appUrl(path))
      await response.text()
    }
    const { text } = await scrape()
    assert.match(
      text,
      /duration_seconds_count\{method="GET",route="\/health\/live",status="200"\} \d/
    )
    assert.notInclude(text, 'made/up')
  })

  test('speaks OpenMetrics to those that ask for it', async ({ assert }) => {
    const { response, text } = await scrape({
      accept: 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5',
    })
    assert.match(response.headers.get('content-type')!, /^application\/openmetrics-text; version=1/)
    assert.match(text, /\n# EOF\n$/)
    assert.include(text, '# TYPE regou_facts_stored counter')
    assert.include(text, 'regou_facts_stored_total{fact="launch"} 0')
  })

  test('is written as Prometheus wants it, where promtool is there to say so', async ({
    assert,
  }) => {
    const { text } = await scrape()
    const { stderr, error } = spawnSync('promtool', ['check', 'metrics'], { input: text })
    if (error) return
    // What prom-client tells of Node.js has had its names for long.
    const own = String(stderr)
      .split('\n')
      .filter((line) => /^regou_|^error/.test(line))
    assert.deepEqual(own, [])
  })

  test('has every figure that the alert rules and the dashboard ask for', async ({ assert }) => {
    const { text } = await scrape()
    for (const file of ['docs/ops/alerts.yml', 'docs/ops/grafana.json']) {
      const content = await readFile(app.makePath(file), 'utf8')
      const unknown = [...content.matchAll(/\bregou_\w+/g)]
        .map(([name]) => name.replace(/_(count|bucket|sum)$/, ''))
        .filter((name) => !text.includes(`# TYPE ${name} `))
      assert.deepEqual(unknown, [], file)
    }
    const { status, stdout, error } = spawnSync('promtool', [
      'check',
      'rules',
      'docs/ops/alerts.yml',
    ])
    if (!error) assert.equal(status, 0, String(stdout))
  })
})
