import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { Planner } from '#delivery/planning/planner'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import type { RefusedFact } from '#delivery/planning/refused_facts'
import { channels } from '#start/channels'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { jobs, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { refuseRows } from '#tests/support/refused_rows'
import { readOnce, scannerOf } from '#tests/support/scanner'

const FACTS = 40
const BLOCKS = 80

const BAD = '0x00000000000000000000000000000000000000bd'

test.group('A row that the database refuses for what it holds', (group) => {
  group.each.setup(() => emptyDatabase())

  test('of a job is told of by its fact, and holds up no other fact', async ({ assert }) => {
    await storeEndpoint('https://192.88.98.1/')
    for (let fact = 1; fact < FACTS; fact++) await storeLaunch()
    const bad = await storeLaunch({ token_address: BAD })
    await storeLaunch()
    await refuseRows('notification_jobs', 'token_address', BAD)
    const refused: RefusedFact[] = []
    const planner = new Planner(systemClock, NEVER_EXPIRES, channels, {
      factRefused: (one) => refused.push(one),
    })

    while ((await planner.plan()) > 0);

    assert.lengthOf(await jobs(), FACTS)
    assert.deepEqual(
      refused.map(({ type, id }) => ({ type, id })),
      [{ type: 'launch', id: bad }]
    )
  })

  test('of every job is no fault of the facts, and they stay to be planned', async ({ assert }) => {
    await storeEndpoint('https://192.88.98.1/')
    for (let fact = 0; fact < FACTS; fact++) await storeLaunch({ token_address: BAD })
    await refuseRows('notification_jobs', 'token_address', BAD)
    const refused: RefusedFact[] = []
    const planner = new Planner(systemClock, NEVER_EXPIRES, channels, {
      factRefused: (one) => refused.push(one),
    })

    await assert.rejects(async () => {
      while ((await planner.plan()) > 0);
    })

    const [left] = await db.from('launch_events').whereNull('planned_at').count('* as n')
    assert.equal(Number(left.n), FACTS - refused.length)
    assert.isAtMost(refused.length, 10)
  })

  test('of a fact is kept with its log, and the scanner goes on with all others', async ({
    assert,
    cleanup,
  }) => {
    const chain = new TestChain(1)
    chain.mine(BLOCKS)
    const server = await RpcServer.start(chain)
    cleanup(() => server.close())
    const truth = placesOf(chain.logsTo(BLOCKS - 2))
    await readOnce(scannerOf([server.url], { batchSize: 10 }))
    const trade = await db.from('trades').orderBy('id').offset(5).first()
    await emptyDatabase()
    await refuseRows('trades', 'tx_hash', trade.tx_hash)

    await readOnce(scannerOf([server.url], { batchSize: 10 }))

    const quarantined = await db.from('quarantined_logs').select('tx_hash', 'detail')
    assert.isNotEmpty(quarantined)
    for (const { tx_hash: hash, detail } of quarantined) {
      assert.equal(hash, trade.tx_hash)
      assert.match(detail, /^the trade cannot be stored: /)
    }
    assert.lengthOf(await storedPlaces(), truth.length - quarantined.length)
  })
})
