import { test } from '@japa/runner'
import { hostNames } from '#foundation/net/host_names'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

test.group('DNS that changes its answer', (group) => {
  group.each.setup(() => emptyDatabase())

  test('an address is used as it was checked, and checked again with every connection', async ({
    assert,
    cleanup,
  }) => {
    const receiver = await startReceiver((_, response) => {
      response.writeHead(500, { connection: 'close' }).end()
    })
    const answers = ['127.0.0.1', '127.0.0.2']
    const { addressesOf } = hostNames
    cleanup(() => void (hostNames.addressesOf = addressesOf))
    hostNames.addressesOf = async () => [answers.shift()!]

    await storeEndpoint(receiver.url.replace('127.0.0.1', 'rebinding.example'), {
      retrySchedule: [20],
    })
    await storeLaunch()
    startSender({ allowedNetworks: ['127.0.0.1/32'] })
    await allJobsDone()

    const made = await attempts()
    assert.deepEqual(
      made.map((attempt) => attempt.reason),
      ['status', 'blocked']
    )
    assert.lengthOf(receiver.deliveries, 1)
    assert.lengthOf(answers, 0, 'one question for each connection')
  })
})
