import { test } from '@japa/runner'
import { Curve, CURVE_SUPPLY, FLAP_BNB, flapShape, fourShape, wei } from '#demo/market/curve'

test.group('The bonding curve', () => {
  test('the BNB profile of Flap completes at 15.998 BNB', ({ assert }) => {
    const { target } = new Curve(flapShape(FLAP_BNB))

    assert.equal(target / 10n ** 15n, 15_998n)
  })

  test('the parameters of Flap fit together: (1e9 + h) × r = k', ({ assert }) => {
    assert.equal(((wei(1_000_000_000) + FLAP_BNB.h) * FLAP_BNB.r) / 10n ** 18n, FLAP_BNB.k)
  })

  test('a curve of Four.meme completes at its target and ends at the price of its pool', ({
    assert,
  }) => {
    const curve = new Curve(fourShape(wei(18)))
    curve.buy(wei(100))
    const poolPrice = (wei(18) * 98n) / 100n / 200_000_000n

    assert.equal(curve.left, 0n)
    assert.isBelow(Number(wei(18) - curve.raised), 1000)
    assert.closeTo(Number(curve.price), Number(poolPrice), Number(poolPrice) / 1000)
  })

  test('a buy that asks for more than is left pays only for the rest', ({ assert }) => {
    const curve = new Curve(flapShape(FLAP_BNB))
    const first = curve.buy(wei(5))
    const rest = curve.buy(wei(1000))

    assert.equal(first.amount + rest.amount, CURVE_SUPPLY)
    assert.equal(first.cost + rest.cost, curve.target)
  })

  test('buying and selling again never brings more than it cost', ({ assert }) => {
    const curve = new Curve(fourShape(wei(18)))
    curve.buy(wei(3))

    for (const offer of [1n, 999n, wei(0.01), wei(2)]) {
      const { cost, amount } = curve.buy(offer)
      assert.isTrue(curve.sell(amount) <= cost)
    }
  })

  test('the price rises with every buy and falls with every sale', ({ assert }) => {
    const curve = new Curve(flapShape(FLAP_BNB))
    const prices = [curve.price]
    const { amount } = curve.buy(wei(1))
    prices.push(curve.price)
    curve.sell(amount / 2n)
    prices.push(curve.price)

    assert.isTrue(prices[0]! < prices[2]! && prices[2]! < prices[1]!)
  })
})
