import { test } from '@japa/runner'
import { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'

test.group('An endpoint over WebSocket', () => {
  async function serve(cleanup: (work: () => Promise<void>) => void) {
    const server = await RpcServer.start(new TestChain(1))
    const endpoint = new Endpoint(server.pushUrl)
    cleanup(async () => {
      endpoint.close()
      await server.close()
    })
    return { server, endpoint }
  }

  test('calls after a cut go over a new connection', async ({ assert, cleanup }) => {
    const { server, endpoint } = await serve(cleanup)
    assert.equal(await endpoint.call('eth_chainId'), '0x38')

    server.before = async () => server.feed.cut()
    await assert.rejects(() => endpoint.call('eth_chainId'), RpcFailure)
    server.before = async () => {}

    assert.equal(await endpoint.call('eth_chainId'), '0x38')
  })

  test('a refusal leaves the connection as it is', async ({ assert, cleanup }) => {
    const { server, endpoint } = await serve(cleanup)
    await assert.rejects(() => endpoint.call('eth_nonsense'), RpcFailure)
    await endpoint.call('eth_chainId')

    assert.equal(server.feed.connections, 1)
  })
})
