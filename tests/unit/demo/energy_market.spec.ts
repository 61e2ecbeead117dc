import { test } from '@japa/runner'
import { Random } from '#demo/market/random'
import { PlayTron } from '#demo/tron/play_tron'
import { SettableClock } from '#tests/support/settable_clock'

function playPast() {
  const clock = new SettableClock()
  const play = new PlayTron({ clock, random: new Random(7), report: () => {} })
  play.playPast()
  return play
}

test.group('The energy market of the local TRON chain', () => {
  test('tells each kind of stake, and its blocks add up to what pools have', ({ assert }) => {
    const { tron, market } = playPast()
    const { chain } = tron
    const kinds = new Set<string>()
    const energy = new Map(market.pools.map((address) => [address, 0n]))
    const move = (address: string, amount: bigint) =>
      energy.set(address, energy.get(address)! + amount)

    for (let number = 1; number <= chain.head.number; number++) {
      const { transactions, infos } = chain.block(number)!
      transactions.forEach(({ raw: { contract } }, place) => {
        const { type, value } = contract
        const owner = value.owner_address as string
        kinds.add(type)
        if (type === 'CancelAllUnfreezeV2Contract') move(owner, infos[place]!.cancelled!.ENERGY)
        if (value.resource !== 'ENERGY') return
        if (type === 'FreezeBalanceV2Contract') move(owner, value.frozen_balance as bigint)
        if (type === 'UnfreezeBalanceV2Contract') move(owner, -(value.unfreeze_balance as bigint))
        if (type === 'DelegateResourceContract') move(owner, -(value.balance as bigint))
        if (type === 'UnDelegateResourceContract') move(owner, value.balance as bigint)
      })
    }
    const ledger = chain.ledger(chain.head.number)
    for (const [address, amount] of energy) {
      assert.equal(ledger.get(address).frozen.ENERGY, amount)
    }
    for (const kind of STAKING) assert.include([...kinds], kind)
  })

  test('begins fifteen days ago, and the newest blocks are those of now', ({ assert }) => {
    const { tron } = playPast()
    const { head, solidNumber } = tron.chain
    const now = new SettableClock().now()

    assert.isBelow(now - head.timestamp, 3000)
    assert.isAbove(now - tron.chain.block(120)!.timestamp, 14 * 86_400_000)
    assert.isAbove(solidNumber, head.number - 25)
  })
})

const STAKING = [
  'FreezeBalanceV2Contract',
  'UnfreezeBalanceV2Contract',
  'WithdrawExpireUnfreezeContract',
  'DelegateResourceContract',
  'UnDelegateResourceContract',
]
