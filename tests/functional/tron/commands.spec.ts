import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import tronConfig from '#config/tron'
import { systemClock } from '#foundation/clock'
import { base58Of } from '#demo/tron/keys'
import { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import { tronNetwork } from '#sources/tron/networks'
import { runCommand as ace } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { setWhile } from '#tests/support/settings'

/** A first run begins so many blocks behind the newest one; a block is final with 18 on top of it. */
const BEFORE_FIRST = 61
const UNTIL_FINAL = 20

test.group('Commands for TRON, over two nodes', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('scan:tron stores what watched accounts do, tron:check proves it, and tron:backfill reads what was before', async ({
    assert,
    test: self,
    cleanup,
  }) => {
    const tron = new LocalTron({ clock: systemClock })
    cleanup(() => tron.close())
    const [pool, renter] = [tron.wallet(), tron.wallet()]
    const urls = [await tron.endpoint().listen(), await tron.endpoint().listen()]
    const network = tronNetwork(tron.chain.block(0)!.id)!
    setWhile(self, tronConfig, { network, urls, grpcUrls: [], fromBlock: undefined })
    const address = base58Of(pool.address)
    const check = () => ace('tron:check', address)
    pool.freeze(100n * TRX)
    tron.mine(BEFORE_FIRST + UNTIL_FINAL)

    await ace('tron:watch', address)
    const first = await ace('scan:tron', '--once')
    assert.equal(first.code, 0, first.stderr)
    const unknown = await check()
    assert.equal(unknown.code, 3)
    assert.include(unknown.stdout[0], `${address}: unknown (first)`)

    pool.delegate(renter.address, 40n * TRX)
    pool.unfreeze(10n * TRX)
    tron.mine(UNTIL_FINAL)
    await ace('scan:tron', '--once')
    const agrees = await check()
    assert.equal(agrees.code, 0, agrees.stdout.join('\n'))
    assert.match(agrees.stdout[0]!, /: agrees, blocks \d+ to \d+$/)
    const sun = (trx: number) => `"${trx}000000"`
    for (const line of agrees.stdout.slice(1)) {
      assert.include(line, `"ENERGY":${sun(90)}`)
      assert.include(line, `"ENERGY":${sun(40)}`)
      assert.include(line, `"unfreezing":${sun(10)}`)
    }

    pool.freeze(5n * TRX)
    tron.mine(UNTIL_FINAL)
    await ace('scan:tron', '--once')
    await db.from('stake_records').where('amount', '5000000').delete()
    const differs = await ace('tron:check', address, '--json')
    assert.equal(differs.code, 5)
    const { verdict, state, expected } = JSON.parse(differs.stdout.join()).data
    assert.equal(verdict, 'differs')
    assert.deepEqual([state.staked.ENERGY, expected.staked.ENERGY], ['95000000', '90000000'])

    const filled = await ace('tron:backfill', address)
    assert.equal(filled.code, 0, filled.stderr)
    assert.include(filled.stdout[0], ': agrees')
    const rows = await db.from('stake_records').orderBy('block_number').select('amount')
    assert.deepEqual(
      rows.map(({ amount }) => amount),
      ['100000000', '10000000', '5000000']
    )
  })

  test('name what is wrong in one line', async ({ assert, test: self }) => {
    setWhile(self, tronConfig, { urls: [] })
    for (const args of [['scan:tron', '--once'], ['tron:check', 'T1'], ['tron:backfill']]) {
      const refused = await ace(args[0]!, ...args.slice(1))
      assert.equal(refused.code, 1, args.join(' '))
      assert.lengthOf(refused.stderr.trim().split('\n'), 1, refused.stderr)
    }
  })
})
