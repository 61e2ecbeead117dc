import { test } from '@japa/runner'
import * as Bloom from 'ox/Bloom'
import { bloomVerdict, mayHoldLog } from '#collectors/evm/bloom'
import { Random } from '#demo/market/random'
import { bloomOf } from '#tests/support/chain/bloom_of'

const random = new Random(1)

/** Blocks from nearly empty to crowded, and values of which one is in them. */
const BLOCKS = Array.from({ length: 40 }, (_, index) => {
  const held = Array.from({ length: index * 10 + 1 }, () => random.address())
  const others = Array.from({ length: 4 }, () => random.address())
  return { bloom: bloomOf(held), asked: [held[0]!, ...others] }
})

test.group('Bloom filters', () => {
  test('what one may hold is what an independent reader of it says', ({ assert }) => {
    for (const { bloom, asked } of BLOCKS) {
      for (const value of asked) {
        assert.equal(
          mayHoldLog(bloom, { address: value, topics: [] }),
          Bloom.contains(bloom, value)
        )
      }
    }
  })

  test('a filter of contracts and topics is denied where none of either is held', ({ assert }) => {
    for (const { bloom, asked } of BLOCKS) {
      const [address, topics] = [asked.slice(1, 3), asked.slice(3)]
      const mayHold = [address, topics].every((values) =>
        values.some((value) => Bloom.contains(bloom, value))
      )
      const filter = { address, topics: [topics] as [string[]] }
      assert.equal(bloomVerdict(bloom, filter, filter) !== 'none', mayHold)
    }
  })
})
