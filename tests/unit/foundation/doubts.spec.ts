import { test } from '@japa/runner'
import { SpotChecks } from '#foundation/rpc/spot_checks'
import { SettableClock } from '#tests/support/settable_clock'

test.group('Blocks that have come into doubt', () => {
  test('stay in doubt when they could not be stored, and are handed over once they are', async ({
    assert,
  }) => {
    const checks = new SpotChecks(new SettableClock())
    checks.doubt(10, 20)
    const refuse = async () => {
      throw new Error('the disk is full')
    }

    await assert.rejects(() => checks.handOverDoubts(refuse), 'the disk is full')
    const stored = await checks.handOverDoubts(async (doubts) => doubts)
    const left = await checks.handOverDoubts(async (doubts) => doubts)

    assert.deepEqual(stored, [{ from: 10, to: 20 }])
    assert.isEmpty(left)
  })
})
