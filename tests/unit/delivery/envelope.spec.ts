import { test } from '@japa/runner'
import { batchBody, envelope, messageWithId } from '#delivery/envelope'
import { batchId, eventId } from '#delivery/planning/event_id'
import type { DueJob } from '#delivery/queue/job'

const NOW = 1_780_000_001_437

const fact = {
  id: '7',
  source: 'four',
  kind: 'graduated',
  token_address: '0x0000000000000000000000000000000000000001',
  symbol: '火箭🚀',
  quote_amount: '18000000000000000000',
  launch_tx: '0xaa',
  chain_id: 56,
  block_number: '70000000',
  block_hash: '0xbb',
  log_index: 3,
  event_time: '1780000000000',
  raw: 'not for others',
}

const job: DueJob = {
  id: 1,
  targetId: 1,
  factType: 'launch',
  factId: 7,
  eventType: 'launch.graduated',
  eventId: eventId('launch', fact),
  tokenAddress: null,
  priority: 0,
  attempts: 2,
  expiresAt: null,
  fence: 1,
  leaseUntil: NOW,
  fact,
}

test.group('Envelope', () => {
  test('says what happened, when, where from, how old it is and which attempt this is', ({
    assert,
  }) => {
    const { data, ...rest } = envelope(job, NOW)

    assert.deepEqual(rest, {
      id: job.eventId,
      event_type: 'launch.graduated',
      timestamp: 1_780_000_001,
      version: '1.0',
      source: 'four',
      metadata: { data_age_seconds: 1.437, push_source: 'regou', attempt: 3 },
    })
    assert.equal(data.quote_amount, '18000000000000000000')
    assert.equal(data.block_number, 70_000_000)
    assert.notProperty(data, 'raw')
  })

  test('a removal is the same fact, and says when it was removed', ({ assert }) => {
    const gone = { ...job.fact, removed_at: '1780000005000' }
    const removal = envelope({ ...job, factType: 'launch.removed', fact: gone }, NOW)

    assert.deepEqual(removal.data, { ...envelope(job, NOW).data, removed_at: 1_780_000_005_000 })
    assert.notProperty(envelope({ ...job, fact: gone }, NOW).data, 'removed_at')
  })

  test('an event is never younger than new, even when the chain is ahead of our clock', ({
    assert,
  }) => {
    const { metadata } = envelope(job, 1_779_999_999_000)
    assert.equal(metadata.data_age_seconds, 0)
  })

  test('a batch carries the envelope of each event', ({ assert }) => {
    const events = [JSON.stringify(messageWithId(job, NOW))]
    assert.deepEqual(JSON.parse(batchBody(events, NOW)), {
      event_type: 'batch',
      version: '1.0',
      timestamp: 1_780_000_001,
      events: [envelope(job, NOW)],
    })
  })

  test('the id is the same on every database and differs for everything that differs', ({
    assert,
  }) => {
    const id = eventId('launch', fact)
    assert.match(id, /^evt_[0-9a-f]{32}$/)
    assert.equal(eventId('launch', { ...fact, id: '99' }), id)

    const others = [
      eventId('launch', { ...fact, kind: 'created' }),
      eventId('launch', { ...fact, log_index: 4 }),
      eventId('launch', { ...fact, block_hash: '0xcc' }),
      eventId('launch', { ...fact, chain_id: 97 }),
      eventId('launch', { ...fact, launch_tx: '0xdd' }),
      eventId('launch', fact, 1),
    ]
    assert.equal(new Set([id, ...others]).size, 7)
    assert.match(batchId([id]), /^batch_[0-9a-f]{32}$/)
  })
})
