import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { createCursor } from '#collectors/store/cursor'
import scannerConfig from '#config/scanner'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { EventStreamReader } from '#tests/support/event_stream'
import { someAddress, storeLaunch, storePool, storeTrade } from '#tests/support/facts'

/** The data of the next event of that name. */
async function nextOf(reader: EventStreamReader, name: string) {
  for (;;) {
    const [received] = await reader.next(1)
    if (received!.event === name) return received!.data!
  }
}

test.group('The stream of open pages', (group) => {
  group.each.setup(() => emptyDatabase())

  test('says how far the chain is read, and what time the server has', async ({
    assert,
    cleanup,
  }) => {
    const { chainId } = scannerConfig
    const start = Date.now()
    await createCursor('chain:bsc', chainId, { blockNumber: 7, blockHash: null }, start - 60_000)
    const reader = await EventStreamReader.open(appUrl('/live?locale=en'))
    cleanup(() => reader.close())

    const head = JSON.parse(await nextOf(reader, 'head'))

    assert.equal(head.block, 7)
    assert.isAtLeast(head.behindMs, 60_000)
    assert.isAtLeast(head.now, start)
  })

  test('tells of a curve that became known after its launch, though nothing was traded', async ({
    assert,
    cleanup,
  }) => {
    const token = someAddress()
    await storeLaunch({ token_address: token })
    const pool = await storePool({ token_address: token })
    const reader = await EventStreamReader.open(appUrl('/live?locale=en'))
    cleanup(() => reader.close())
    const [before] = JSON.parse(await nextOf(reader, 'state'))

    await db.from('pools').where('id', pool).update({ progress: '250000000000000000' })
    const [after] = JSON.parse(await nextOf(reader, 'state'))

    assert.deepInclude(before, { token, percent: null, trades: [] })
    assert.deepInclude(after, { token, percent: '25.0', trades: [] })
  })

  test('carries the trades of the tokens whose pages are open, and the ids of all', async ({
    assert,
    cleanup,
  }) => {
    const [open, other] = [someAddress(), someAddress()]
    const query = new URLSearchParams({ locale: 'en', tokens: open, since: 'l0.t0' })
    const ids = [
      await storeTrade({ token_address: open }),
      await storeTrade({ token_address: other }),
    ]
    const reader = await EventStreamReader.open(appUrl(`/live?${query}`))
    cleanup(() => reader.close())

    const row = await nextOf(reader, 'trade')
    const states = JSON.parse(await nextOf(reader, 'state'))

    assert.include(row, `data-trade="${ids[0]}" data-of="${open}"`)
    assert.deepEqual(
      states.map(({ token, trades }: { token: string; trades: number[] }) => [token, ...trades]),
      [
        [open, ids[0]],
        [other, ids[1]],
      ]
    )
  })
})
