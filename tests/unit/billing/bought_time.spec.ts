import { test } from '@japa/runner'
import { parseEther } from 'viem'
import { boughtTime } from '#billing/plans/bought_time'
import { seededRandom } from '#tests/support/random'

const MONTH = { price: parseEther('1'), lengthMs: 30 * 86_400_000 }

test.group('The time that money buys', () => {
  test('is pro rata, to the second', ({ assert }) => {
    assert.deepEqual(boughtTime(parseEther('1'), MONTH), {
      ms: 30 * 86_400_000,
      spent: parseEther('1'),
    })
    assert.equal(boughtTime(parseEther('9.3'), MONTH).ms, 9.3 * 30 * 86_400_000)
    assert.equal(boughtTime(parseEther('0.5') + 1n, MONTH).ms, 15 * 86_400_000)
    assert.deepEqual(boughtTime(1n, MONTH), { ms: 0, spent: 0n })
  })

  test('never costs more than was paid, and leaves less than a second costs', ({ assert }) => {
    const random = seededRandom(5)
    for (let round = 0; round < 500; round++) {
      const amount = BigInt(random.between(1, 2 ** 50)) * BigInt(random.between(1, 2 ** 20))
      const price = BigInt(random.between(1, 2 ** 50)) * 1000n
      const { spent } = boughtTime(amount, { price, lengthMs: 2_592_000_000 })
      assert.isTrue(spent <= amount)
      assert.isTrue((amount - spent) * 2_592_000n <= price)
    }
  })

  test('is not more for many small payments than for one large one', ({ assert }) => {
    const many = 1000 * boughtTime(parseEther('0.0010007'), MONTH).ms
    assert.isAtMost(many, boughtTime(parseEther('1.0007'), MONTH).ms)
  })
})
