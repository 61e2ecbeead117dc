import { test } from '@japa/runner'
import { Payloads } from '#webhooks/sending/payloads'
import type { DueJob } from '#delivery/queue/job'

const NOW = 1_780_000_001_437

function jobOf(eventId: string, symbol: string): DueJob {
  const fact = { id: '7', source: 'four', kind: 'created', symbol, event_time: String(NOW) }
  return {
    id: 1,
    targetId: 1,
    factType: 'launch',
    factId: 7,
    eventType: 'launch.created',
    eventId,
    tokenAddress: null,
    priority: 0,
    attempts: 0,
    expiresAt: null,
    fence: 1,
    leaseUntil: NOW,
    fact,
  }
}

test.group('Payloads of a request', () => {
  test('are as many as fit; the rest is left, and one that is too large goes alone', async ({
    assert,
  }) => {
    const payloads = new Payloads({ batchSize: 10, template: '{"text": data.symbol}' })
    const jobs = ['a', 'b', 'c'].map((id) => jobOf(id, id.repeat(600)))

    const first = await payloads.fill(jobs, NOW, 1300)
    assert.deepEqual([first.jobs, first.left], [jobs.slice(0, 2), jobs.slice(2)])
    const alone = await payloads.fill(first.left, NOW, 10)
    assert.deepEqual([alone.jobs, alone.left], [jobs.slice(2), []])
    assert.deepEqual(JSON.parse(payloads.body(alone.texts, NOW)), [{ text: 'c'.repeat(600) }])
  })

  test('that the template cannot make are named, and the others are in the request', async ({
    assert,
  }) => {
    const payloads = new Payloads({ batchSize: 10, template: '{"n": int(data.symbol)}' })
    const [good, bad] = [jobOf('a', '7'), jobOf('b', 'seven')]

    const { jobs, unfit, texts } = await payloads.fill([bad, good], NOW)
    assert.deepEqual(jobs, [good])
    assert.strictEqual(unfit[0]!.job, bad)
    assert.equal(payloads.body(texts, NOW), '[{"n":7}]')
  })
})
