import { test } from '@japa/runner'

test.group('Refused requests', () => {
  test('{path} is refused with {status} {code}')
    .with([
      { path: '/api', status: 404, code: 'route_not_found' },
      { path: '/api/v2/launches', status: 404, code: 'route_not_found' },
      { path: '/api/v1/launches?limit=0', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/launches?limit=201', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/launches?limit=ten', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/launches?source=uniswap', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/launches?source=four&source=flap', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/launches?kind=', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/launches?cursor=MTIz', status: 400, code: 'invalid_cursor' },
      { path: '/api/v1/trades?trader=0x12', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/trades?since=yesterday', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/trades?until=2026-13-45T00:00:00Z', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/trades?token=0x12', status: 422, code: 'unknown_parameter' },
      { path: '/api/v1/pools?from_block=-1', status: 422, code: 'invalid_parameter' },
      { path: '/api/events/latest?limit=1.5', status: 422, code: 'invalid_parameter' },
      { path: '/api/v1/stream?since=now', status: 400, code: 'invalid_last_event_id' },
      { path: '/api/v1/stream?types=pool', status: 422, code: 'invalid_parameter' },
    ])
    .run(async ({ client, assert }, { path, status, code }) => {
      const response = await client.get(path)

      response.assertStatus(status)
      response.assertHeader('content-type', 'application/json; charset=utf-8')
      const [error] = response.body().errors
      assert.equal(error.code, code)
      assert.isNotEmpty(error.message)
      if (status === 422) assert.equal(error.field, /\?(\w+)/.exec(path)![1])
    })
})
