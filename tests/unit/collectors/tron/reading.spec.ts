import { test } from '@japa/runner'
import type { TronFault } from '#demo/tron/faults/fault'
import { frozenAt, withholding } from '#demo/tron/faults/heights'
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

  test('a node whose newest block stands still while that of others moves is marked, until it goes on', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const tron = new LocalTron({ clock })
    tron.mine(BLOCKS)
    const stuck = tron.endpoint({ faults: [frozenAt(BLOCKS)] })
    const { nodes, newReader } = tronReading({ tron, endpoints: [stuck, tron.endpoint()], clock })
    const reader = newReader()
    const stored = new StoredTron()
    const aMinute = async () => {
      tron.mine(20)
      clock.pass(60_000)
      await stored.readOn(reader)
      return nodes.marks().map(({ endpoint, reason, detail }) => [endpoint, reason, detail])
    }

    const detail = `is at block ${BLOCKS}, another one at ${tron.chain.head.number + 20}`
    assert.deepEqual(await aMinute(), [['node-0.test', 'stalled', detail]])
    stuck.faults = []
    assert.deepEqual(await aMinute(), [])
    assert.isAbove(stored.cursor.number, BLOCKS)
  })

  test('a node that says of blocks which exist that there are none leaves no gap where another has them', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const tron = new LocalTron({ clock })
    const pool = tron.wallet()
    for (let number = 0; number < BLOCKS; number++) {
      pool.freeze(TRX)
      tron.mine()
    }
    const silent = tron.endpoint({ faults: [withholding((number) => number > 5)] })
    const { newReader } = tronReading({ tron, endpoints: [silent, tron.endpoint()], clock })
    const reader = newReader()
    const stored = new StoredTron()
    for (let run = 0; run < 5; run++) {
      clock.pass(60_000)
      await stored.readOn(reader)
    }

    assert.deepEqual(stored.lines(), linesOfChain(tron, tron.chain.head.number - ON_TOP))
    assert.isEmpty(stored.gaps)
  })
})
