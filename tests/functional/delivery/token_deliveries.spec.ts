import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { DeliveryFilters } from '#webhooks/deliveries/delivery_filters'
import { searchDeliveries } from '#webhooks/deliveries/search_deliveries'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { someAddress, storeManyTrades } from '#tests/support/facts'

const TOKEN = someAddress()

const job = (factId: number, columns: object) => ({
  channel: 'webhook',
  fact_type: 'trade',
  fact_id: factId,
  event_type: 'trade.executed',
  event_id: `evt_${factId}`,
  token_address: TOKEN,
  status: 'sent',
  next_attempt_at: 0,
  created_at: 0,
  ...columns,
})

/** All that a search finds, page by page. */
async function all(filters: DeliveryFilters): Promise<number[]> {
  const found: number[] = []
  let before: number | undefined
  for (;;) {
    const { rows, below } = await searchDeliveries(null, filters, { before, limit: 50 })
    found.push(...rows.map(({ id }) => id))
    if (below === null) {
      return found
    }
    before = below
  }
}

test.group('Deliveries of a token', (group) => {
  group.each.setup(() => emptyDatabase())

  for (const [kind, trades] of [
    ['few', 30],
    ['many', 1100],
  ] as const) {
    test(`are found one by one and newest first where it has ${kind} trades`, async ({
      assert,
    }) => {
      const { id } = await storeEndpoint('https://example.com/')
      const ids = await storeManyTrades(Array(trades).fill({ token_address: TOKEN }))
      await db
        .table('notification_jobs')
        .multiInsert([
          ...ids
            .slice(-20)
            .map((fact, index) =>
              job(fact, { target_id: id, status: index % 5 === 0 ? 'failed' : 'sent' })
            ),
          job(ids[0]!, { target_id: id, status: 'failed' }),
          job(1, { target_id: id, token_address: someAddress(), fact_type: 'launch' }),
        ])
      const stored = await db.from('notification_jobs').orderBy('id', 'desc')
      const wanted = (isWanted: (row: any) => boolean) =>
        stored
          .filter((row) => row.token_address === TOKEN && isWanted(row))
          .map((row) => Number(row.id))

      const token = { token_address: TOKEN }
      assert.deepEqual(
        await all(token),
        wanted(() => true)
      )
      const failed = wanted(({ status }) => status === 'failed')
      assert.lengthOf(failed, 5)
      assert.deepEqual(await all({ ...token, state: 'failed' }), failed)
      assert.deepEqual(await all({ ...token, state: 'failed', endpoint_id: id }), failed)
      assert.isEmpty(await all({ ...token, endpoint_id: id + 1 }))
      assert.isEmpty(await all({ ...token, state: 'pending' }))
    })
  }
})
