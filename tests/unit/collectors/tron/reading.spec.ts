import { test } from '@japa/runner'
import type { TronFault } from '#demo/tron/faults/fault'
import { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import { SettableClock } from '#tests/support/settable_clock'
import { linesOfChain, StoredTron, tronReading } from '#tests/support/tron_reading'

const BLOCKS = 50

/** As a proxy with a limit answers. */
const TOO_LONG = { status: 413, body: 'Request Entity Too Large' }

/** Blocks on top of the newest one that is final. */
const ON_TOP = 18

test.group('Reading a TRON network', () => {
  test('a node that gives few blocks at once is asked for few, and all are read', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const tron = new LocalTron({ clock })
    const [pool, renter] = [tron.wallet(), tron.wallet()]
    pool.freeze(1_000n * TRX)
    for (let number = 1; number < BLOCKS; number++) {
      tron.mine()
      pool.delegate(renter.address, TRX)
    }
    tron.mine()
    const answer: TronFault['answer'] = async ({ parameters }, good) =>
      Number(parameters.endNum) - Number(parameters.startNum) > 4 ? TOO_LONG : good()
    const { newReader } = tronReading({
      tron,
      endpoints: [tron.endpoint({ faults: [{ answer }] })],
      clock,
    })

    const stored = new StoredTron()
    const reader = newReader()
    for (let run = 0; run < 3; run++) {
      assert.isNull(await stored.readOn(reader))
    }
    assert.deepEqual(stored.lines(), linesOfChain(tron, tron.chain.head.number - ON_TOP))
  })
})
