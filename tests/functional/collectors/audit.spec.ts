import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { Logger } from '@adonisjs/core/logger'
import { systemClock } from '#foundation/clock'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import ScanCursor from '#models/scan_cursor'
import { auditFindings } from '#collectors/evm/audit_result'
import { Maintenance } from '#collectors/evm/maintenance'
import { pruneFacts } from '#collectors/store/prune_facts'
import { sources } from '#sources/venues'
import { auditOf, END, startAudited } from '#tests/support/chain/audited_chain'
import { hashOf } from '#tests/support/chain/bloom_of'
import { blind } from '#tests/support/chain/lies'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

/** Moves so many stored facts into blocks that the chain does not have. */
async function makePhantoms(table: string, count: number) {
  const rows = await db.from(table).orderBy('block_number').limit(count)
  for (const { id, block_number: block } of rows) {
    await db
      .from(table)
      .where('id', id)
      .update({ block_hash: hashOf('phantom', block) })
  }
}

/** One round of what a scanner does beside its reading. */
async function maintain(endpoints: EndpointPool, logger: Logger) {
  const stop = new AbortController()
  const clock = { ...systemClock, sleep: async () => stop.abort() }
  const options = {
    chainId: 56,
    endpoints,
    sources,
    confirm: 'finalized' as const,
    batchSize: 50,
    retention: {},
    records: {},
  }
  await new Maintenance({ ...options, clock, logger }).run(stop.signal, () => true)
}

test.group('An audit takes back what is proven to be none, and nothing else', (group) => {
  group.each.setup(() => emptyDatabase())

  for (const count of [1, 2]) {
    test(`a fact of a block that is not canonical is taken back (${count} endpoints)`, async (ctx) => {
      const { audit, truth } = await startAudited(ctx, count)
      await makePhantoms('launch_events', 2)

      const result = await audit.run(1, END)

      ctx.assert.containsSubset(result, { missing: 2, phantom: 2, repaired: 4, unproven: 0 })
      ctx.assert.deepEqual(await storedPlaces(), truth)
    })
  }

  test('an audit that would take back more than its share stops and takes nothing back', async (ctx) => {
    const { endpoints, audit, truth } = await startAudited(ctx, 1)
    await makePhantoms('trades', 10)
    const before = await storedPlaces()

    const result = await audit.run(1, END)
    ctx.assert.containsSubset(result, { phantom: 10, repaired: 0, stopped: true })
    ctx.assert.match(auditFindings(result)[0]!, /^stopped: 10 of \d+ facts would/)
    ctx.assert.deepEqual(await storedPlaces(), before)

    await auditOf(endpoints, { largestShare: 1 }).run(1, END)
    ctx.assert.deepEqual(await storedPlaces(), truth)
  })

  test('what retention removed is not missing, whether or not it is still set', async (ctx) => {
    const { chain, audit, endpoints } = await startAudited(ctx, 1)
    const border = chain.blocks[100]!.timestamp * 1000
    const clock = new SettableClock(border + 1000)
    const retention = { trades: 1000 }
    const deleted = await pruneFacts(56, retention, clock)
    ctx.assert.isAbove(deleted, 0)
    const kept = await storedPlaces()

    for (const again of [audit, auditOf(endpoints, { clock, retention })]) {
      ctx.assert.deepEqual(auditFindings(await again.run(1, END)), [])
      ctx.assert.deepEqual(await storedPlaces(), kept)
    }
  })

  test('what retention would remove at once is not missing', async (ctx) => {
    const { chain, endpoints } = await startAudited(ctx, 1)
    const border = chain.blocks[100]!.timestamp * 1000
    await db.from('trades').where('event_time', '<', border).delete()
    const clock = new SettableClock(border + 1000)

    const audit = auditOf(endpoints, { clock, retention: { trades: 1000 } })
    ctx.assert.deepEqual(auditFindings(await audit.run(1, END)), [])
    await db.from('trades').delete()
    ctx.assert.lengthOf(auditFindings(await audit.run(1, END)), 1)
    ctx.assert.isEmpty(await db.from('trades').where('event_time', '<', border))
  })

  test('the audit of the running scanner covers what was read before it, keeps what it cannot check, and says so', async (ctx) => {
    const { chain, servers, endpoints } = await startAudited(ctx, 1)
    const [server] = servers
    const { logger, lines } = loggedLines()
    const readOn = async (blocks: number) => {
      chain.mine(blocks)
      await scannerOf([server!.url]).once()
    }
    const doChores = () => maintain(endpoints, logger)
    await readOn(100)
    const [early] = await db.from('trades').where('block_number', '<', 42).limit(1)
    await db.from('trades').where('id', early.id).delete()
    await doChores()
    const [found] = lines.splice(0)
    ctx.assert.equal(found, 'audit of 1-42: 1 missing, 0 phantom, 0 altered, 1 repaired')
    await readOn(50)
    server!.fault = blind
    await doChores()

    ctx.assert.lengthOf(lines, 1)
    ctx.assert.match(lines[0]!, /^audit of 43-92: could not be checked: \d+ blocks$/)
    const { blockNumber } = await ScanCursor.findOrFail('audit:56')
    ctx.assert.equal(blockNumber, 92)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(348)))
  })

  test('a database that began at the head is audited from its first block on', async (ctx) => {
    const { chain, endpoints } = await startAudited(ctx, 1)
    const { logger, lines } = loggedLines()
    const hasRead = async (first: number, last: number) => {
      const read = { from_block: first, block_number: last }
      await db.from('scan_cursors').where('name', 'chain:56').update(read)
      await maintain(endpoints, logger)
    }
    chain.mine(200)

    await hasRead(END, END + 10)
    await hasRead(END, END + 100)
    ctx.assert.deepEqual([lines, await db.from('scan_audits')], [[], []])

    await hasRead(40, END + 100)
    const audits = await db.from('scan_audits').orderBy('id').select('from_block')
    ctx.assert.isTrue(audits.every(({ from_block: from }) => Number(from) >= 40))
  })
})
