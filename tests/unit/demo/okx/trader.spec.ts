import { test } from '@japa/runner'
import { textOf } from '#demo/okx/ledger/decimal'
import { OkxTrader } from '#demo/okx/trader'
import { Random } from '#demo/market/random'
import { openVenue } from '#tests/support/local_okx'

test.group('The traders of the demo', () => {
  test('do all that can happen on an account, and every balance stays the sum of its bills', ({
    assert,
  }) => {
    const { venue, account } = openVenue()
    const other = venue.addAccount()
    other.transfer('USDT', '10000')
    const trader = new OkxTrader(venue, [account, other], new Random(7))
    for (let turn = 0; turn < 800; turn++) trader.act()

    for (const { ledger } of [account, other]) {
      const sums = new Map<string, bigint>()
      for (const { ccy, bal, balChg } of ledger.bills) {
        sums.set(ccy, (sums.get(ccy) ?? 0n) + balChg)
        assert.equal(textOf(sums.get(ccy)!), textOf(bal))
      }
      assert.deepEqual(sums, ledger.balances)
    }
    const orders = [account, other].flatMap(({ ledger }) => [...ledger.orders.values()])
    const states = new Set(orders.map(({ state }) => state))
    assert.includeMembers([...states], ['live', 'filled', 'canceled'])
    const categories = new Set(orders.map(({ category }) => category))
    assert.includeMembers([...categories], ['normal', 'full_liquidation', 'adl'])
  })
})
