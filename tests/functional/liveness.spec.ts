import { test } from '@japa/runner'

test.group('Liveness', () => {
  test('the process answers that it is alive', async ({ client }) => {
    const response = await client.get('/health/live')

    response.assertStatus(200)
    response.assertBody({ status: 'ok' })
  })
})
