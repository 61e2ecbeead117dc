import { test } from '@japa/runner'
import { authorized } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'

const PATH = '/api/v1/webhook/endpoints/dry-run'

test.group('Trying filters and templates over HTTP', (group) => {
  group.each.setup(() => emptyDatabase())

  test('each of the newest events says what would become of it', async ({ client, assert }) => {
    await storeLaunch({ created_at: 1 })
    await storeTrade({ created_at: 2, quote_amount: '500000000000000000' })
    await storeTrade({ created_at: 3, quote_amount: '2000000000000000000' })

    const answer = await client
      .post(PATH)
      .headers(await authorized())
      .json({ filter: 'units(data.quote_amount) > 1.0', template: '{"text": data.side}' })

    answer.assertStatus(200)
    const { data } = answer.body()
    assert.deepEqual(
      data.map(({ event_type: type, outcome, payload }: any) => [type, outcome, payload]),
      [
        ['trade.executed', 'sent', { text: 'buy' }],
        ['trade.executed', 'left_out', null],
        ['launch.created', 'failed', null],
      ]
    )
    assert.match(data[2].reason, /^the filter failed: .*units\(null\)/)
    assert.lengthOf(await jobs(), 0)
  })

  test('a mistake is refused with its place, when tried and when saved', async ({ client }) => {
    const headers = await authorized()
    const filter = 'sourc == "four"'
    const refused = {
      errors: [
        {
          code: 'invalid_parameter',
          message: 'Unknown variable: sourc (line 1, column 1)',
          field: 'filter',
        },
      ],
    }
    const tried = await client.post(PATH).headers(headers).json({ filter })
    tried.assertStatus(422)
    tried.assertBody(refused)

    const saved = await client
      .post('/api/v1/webhook/endpoints')
      .headers(headers)
      .json({ url: 'https://192.88.98.1/', filter })
    saved.assertStatus(422)
    saved.assertBody(refused)
  })

  test('a dry run whose payloads are too large together is refused, and fewer events are not', async ({
    client,
    assert,
  }) => {
    await Promise.all(Array.from({ length: 60 }, () => storeLaunch({ name: '火'.repeat(2000) })))
    const headers = await authorized()
    const template = `[${Array(30).fill('data.name').join(', ')}]`

    const refused = await client.post(PATH).headers(headers).json({ template, limit: 60 })
    refused.assertStatus(422)
    assert.containsSubset(refused.body().errors, [
      {
        field: 'limit',
        message: 'The payloads are larger than 8 MiB together: ask for fewer events',
      },
    ])
    const answer = await client.post(PATH).headers(headers).json({ template, limit: 3 })
    answer.assertStatus(200)
    assert.lengthOf(answer.body().data, 3)
  })

  test('a dry run counts as a request for each event that it may try', async ({
    client,
    assert,
  }) => {
    const headers = await authorized()
    const left = async (limit: number) => {
      const answer = await client.post(PATH).headers(headers).json({ limit })
      return Number(answer.header('ratelimit-remaining'))
    }
    assert.equal((await left(1)) - (await left(40)), 1 + 40)
  })
})
