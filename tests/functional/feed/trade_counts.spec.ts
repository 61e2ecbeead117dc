import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { countTrades } from '#feed/trade_counts'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeManyTrades, storeTrade } from '#tests/support/facts'
import { planOf, recordStatements } from '#tests/support/recorded_statements'

test.group('Counts of trades', (group) => {
  group.each.setup(() => emptyDatabase())

  test('are of those that stand, and go no further than asked, in an index alone', async ({
    assert,
  }) => {
    const [few, many, none] = [someAddress(), someAddress(), someAddress()]
    await storeManyTrades([
      { token_address: few },
      { token_address: few, removed_at: 1 },
      ...Array(5).fill({ token_address: many }),
    ])

    const newest = await storeTrade({ token_address: few })

    const counts = await countTrades([few, many, none], 3)

    assert.deepInclude(counts.get(few), { count: 2, isMore: false, to: newest })
    assert.deepInclude(counts.get(many), { count: 3, isMore: true })
    assert.deepInclude(counts.get(none), { count: 0, isMore: false })

    // PostgreSQL chooses between indexes by what it knows of the table: of a few rows any will do.
    await storeManyTrades(Array.from({ length: 1000 }, () => ({ token_address: someAddress() })))
    await db.rawQuery('analyze')
    const [counted] = await recordStatements(() => countTrades([few], 3))
    const plan = await planOf(counted!)
    assert.match(plan.join('\n'), /COVERING INDEX|Index Only Scan/)
  })
})
