import { test } from '@japa/runner'
import LaunchEvent from '#models/launch_event'
import { declareSource, withDeclared } from '#sources/declare_source'
import { sources } from '#sources/venues'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { someAddress } from '#tests/support/facts'
import { syntheticLog } from '#tests/support/logs'
import { scannerOf } from '#tests/support/scanner'

const LAUNCHED = 'event Launched(address indexed token, string symbol)'

test.group('A contract of the operator’s own', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is read and stored beside the venues that are known', async ({ assert, cleanup }) => {
    const address = someAddress()
    const token = someAddress()
    const mine = declareSource({
      name: 'mypad',
      label: 'My pad',
      contracts: [
        {
          address,
          events: [
            {
              signature: LAUNCHED,
              as: 'launch',
              kind: 'created',
              map: { token: 'token', symbol: 'symbol' },
            },
          ],
        },
      ],
    })
    const chain = new TestChain(1)
    chain.mine(120)
    const { hash, number, timestamp, logs } = chain.blocks[7]!
    const place = { blockHash: hash, blockNumber: number, blockTime: timestamp * 1000 }
    logs.push(syntheticLog(address, LAUNCHED, [token, '火箭'], { ...place, logIndex: 99 }))
    const server = await RpcServer.start(chain)
    cleanup(() => server.close())

    await scannerOf([server.url], { sources: withDeclared(sources, [mine]) }).once()

    const launch = await LaunchEvent.findByOrFail('source', 'mypad')
    assert.equal(launch.tokenAddress, token)
    assert.equal(launch.symbol, '火箭')
    assert.isNotEmpty(await LaunchEvent.query().where('source', 'four'))
  })
})
