import { test } from '@japa/runner'
import { missing } from '#demo/tron/faults/blocks'
import { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import { SettableClock } from '#tests/support/settable_clock'
import { linesOfChain, StoredTron, tronReading } from '#tests/support/tron_reading'

test.group('Blocks of TRON over gRPC', () => {
  const chain = () => {
    const clock = new SettableClock()
    const tron = new LocalTron({ clock })
    tron.wallet().freeze(5n * TRX)
    tron.mine(59)
    return { clock, tron }
  }

  test('their bytes prove a block that no JSON can', async ({ assert, cleanup }) => {
    const { clock, tron } = chain()
    cleanup(() => tron.close())
    const server = await tron.grpc()
    const endpoints = [tron.endpoint({ faults: [missing(() => true)] })]
    const { newReader, nodes } = tronReading({ tron, endpoints, clock, grpcUrls: [server.url] })

    const stored = new StoredTron()
    assert.isNull(await stored.readOn(newReader()))
    assert.deepEqual(stored.lines(), linesOfChain(tron, 42))
    assert.equal(stored.blocks.get(2)!.proof, 'proven')
    assert.deepEqual(
      nodes.marks().map(({ reason }) => reason),
      ['forged_block']
    )
  })

  test('where it is away, one node alone is told to be one', async ({ assert, cleanup }) => {
    const { clock, tron } = chain()
    cleanup(() => tron.close())
    const server = await tron.grpc()
    const { url } = server
    await server.stop()
    const lost = [missing(() => true)]
    const endpoints = [tron.endpoint({ faults: lost })]
    const { newReader } = tronReading({ tron, endpoints, clock, grpcUrls: [url] })

    const stored = new StoredTron()
    await stored.readOn(newReader())
    assert.equal(stored.blocks.get(2)!.proof, 'single')
    assert.equal(stored.blocks.get(3)!.proof, 'proven')
  })
})
