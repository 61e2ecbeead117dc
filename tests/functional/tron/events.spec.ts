import { test } from '@japa/runner'
import { watchTron } from '#accounts/tron_accounts'
import { systemClock } from '#foundation/clock'
import { storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { jobs, newPlanner, storeEndpoint } from '#tests/support/delivery'
import { givePro } from '#tests/support/plans'
import {
  someTronAddress,
  storeTronBlocks,
  timeOf,
  tronBlock,
  tronRecord,
  TRON,
} from '#tests/support/tron_records'

let height = 1000

/** Stores a delegation, which the endpoints of now are told of. */
async function storeDelegation(owner: string, receiver: string, amountSun = 5_000_000n) {
  const record = tronRecord({ kind: 'delegate', owner, receiver, amountSun })
  await storeTronBlocks([tronBlock(++height, [record])], {
    now: systemClock.now(),
  })
}

async function planned(endpointId: number) {
  await newPlanner().plan()
  const all = await jobs({ target_id: endpointId })
  return all.filter(({ status }) => status === 'pending').map((job) => job.event_type)
}

test.group('Events of TRON', (group) => {
  group.each.setup(() => emptyDatabase())

  test('the operator is told of all that is stored, by kind and filter', async ({ assert }) => {
    const [owner, receiver] = [someTronAddress(), someTronAddress()]
    const all = await storeEndpoint('https://all.example.com')
    const filter = `units(data.amount, 6) >= 10.0 && data.receiver_address == "${receiver}"`
    const large = await storeEndpoint('https://large.example.com', {
      eventTypes: ['tron.*'],
      filter,
    })

    await storeDelegation(owner, receiver, 9_999_999n)
    await storeDelegation(owner, receiver, 10_000_000n)
    await storeDelegation(owner, someTronAddress(), 10_000_000n)

    assert.lengthOf(await planned(all.id), 3)
    assert.deepEqual(await planned(large.id), ['tron.delegated'])
  })

  test('a user is told of the accounts that he watches, as owner or receiver, and of no others', async ({
    assert,
  }) => {
    const user = await storeUser(`0x${'3'.repeat(40)}`)
    await givePro(user.id)
    const watched = someTronAddress()
    await watchTron({ ownerId: user.id, chainId: TRON }, { address: watched }, systemClock)
    const endpoint = await storeEndpoint('https://user.example.com', { ownerId: user.id })

    await storeDelegation(watched, someTronAddress())
    await storeDelegation(someTronAddress(), watched)
    await storeDelegation(someTronAddress(), someTronAddress())

    assert.deepEqual(await planned(endpoint.id), ['tron.delegated', 'tron.delegated'])
  })

  test('what becomes ready goes out as an event of its own, and what is taken back as a removal', async ({
    assert,
  }) => {
    const owner = someTronAddress()
    const endpoint = await storeEndpoint('https://ready.example.com')
    const unfreeze = tronRecord({ kind: 'unfreeze', owner, availableAt: timeOf(200) })
    await storeTronBlocks([tronBlock(100, [unfreeze])])
    await storeTronBlocks([tronBlock(201)], { now: systemClock.now() })

    const told = await planned(endpoint.id)

    assert.include(told, 'tron.unstake_ready')
  })
})
