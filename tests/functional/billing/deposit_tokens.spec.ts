import { test } from '@japa/runner'
import { encodeEventTopics, erc20Abi, numberToHex, parseEther } from 'viem'
import { listAddresses } from '#billing/addresses/list_addresses'
import DepositToken from '#models/deposit_token'
import { startBilling } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, someHash } from '#tests/support/facts'
import { lie } from '#tests/support/lying_endpoint'

test.group('Tokens at deposit addresses', (group) => {
  group.each.setup(() => emptyDatabase())

  test('are noted once, and listed with what there is to sweep', async (ctx) => {
    const { chain, endpoints, someUser, checkWhenFinal, watcher } = await startBilling(ctx.test)
    const [paid, other] = [await someUser(), await someUser()]
    const token = someAddress()
    const log = {
      address: token,
      topics: encodeEventTopics({
        abi: erc20Abi,
        eventName: 'Transfer',
        args: { from: paid.pays, to: paid.pays },
      }),
      data: numberToHex(100, { size: 32 }),
      transactionHash: someHash(),
      blockNumber: '0x2',
    }
    // An NFT names its number as a topic.
    const nft = { ...log, topics: [...log.topics, log.topics[0]], data: '0x' }
    lie(endpoints.endpoints[0]!, (method) => (method === 'eth_getLogs' ? [log, nft] : undefined))
    await chain.pay(paid.pays, parseEther('2'))
    await checkWhenFinal()
    await checkWhenFinal()
    await watcher.once()

    const [noted, ...more] = await DepositToken.all()
    ctx.assert.isEmpty(more)
    ctx.assert.deepEqual(
      [noted!.tokenAddress, noted!.amount, noted!.transfers, noted!.symbol],
      [token, 100n, 1, null]
    )
    const [listed, ...rest] = await listAddresses(endpoints, 56, { empty: false })
    ctx.assert.isEmpty(rest)
    ctx.assert.deepEqual(
      [listed!.index, listed!.path, listed!.balance],
      [paid.user.id, `m/44'/60'/0'/0/${paid.user.id}`, String(parseEther('2'))]
    )
    ctx.assert.deepEqual(listed!.tokens, [`100 of a token (${token})`])
    const all = await listAddresses(endpoints, 56, { empty: true })
    ctx.assert.include(
      all.map(({ address }) => address),
      other.pays
    )
  })
})
