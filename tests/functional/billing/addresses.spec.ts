import { test } from '@japa/runner'
import { parseEther } from 'viem'
import { HDKey } from 'viem/accounts'
import { systemClock } from '#foundation/clock'
import { depositAddressOf } from '#billing/addresses/deposit_address'
import { ExtendedKey } from '#billing/addresses/extended_key'
import { proveExtendedKey } from '#billing/addresses/receiving_address'
import { storeUser } from '#tests/support/api_token'
import { amountsOf, startBilling, XPUB } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { someAddress } from '#tests/support/facts'

test.group('Deposit addresses', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a user has one for ever, asked for twice at once too', async (ctx) => {
    const { someUser, ...place } = await startBilling(ctx.test)
    const user = await storeUser(someAddress())
    const key = new ExtendedKey(XPUB)
    const given = await Promise.all([1, 2].map(() => depositAddressOf(user.id, { ...place, key })))

    ctx.assert.deepEqual(
      given.map(({ address }) => address),
      [key.address(user.id), key.address(user.id)]
    )
    const other = await someUser()
    ctx.assert.notEqual(other.pays, given[0]!.address)
  })

  test('what an address holds when it is given out is no payment', async (ctx) => {
    const { chain, checkWhenFinal, differences, ...place } = await startBilling(ctx.test)
    const user = await storeUser(someAddress())
    const key = new ExtendedKey(XPUB)
    await chain.pay(key.address(user.id), parseEther('7'))
    await chain.finalize()

    const { address } = await depositAddressOf(user.id, { ...place, key })
    await chain.pay(address, 1n)
    await checkWhenFinal()

    ctx.assert.deepEqual(await amountsOf(user.id), [1n])
    ctx.assert.deepEqual(await differences(), [])
  })

  test('another key than that of the addresses given out stops everything', async ({ assert }) => {
    await proveExtendedKey(new ExtendedKey(XPUB), 56, systemClock)
    await proveExtendedKey(new ExtendedKey(XPUB), 56, systemClock)

    const other = HDKey.fromMasterSeed(new Uint8Array(32).fill(8)).derive(`m/44'/60'/0'`)
    const key = new ExtendedKey(other.publicExtendedKey)
    await assert.rejects(
      () => proveExtendedKey(key, 56, systemClock),
      /is another key than the one/
    )
  })
})
