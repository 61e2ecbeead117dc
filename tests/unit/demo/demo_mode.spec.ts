import { test } from '@japa/runner'
import { isDemoMode } from '#demo/demo_mode'

test.group('Demo mode', () => {
  test('is there beside a chain on this machine', ({ assert }) => {
    assert.isTrue(isDemoMode(true, ['http://127.0.0.1:8545']))
    assert.isTrue(isDemoMode(true, ['ws://localhost:8545']))
  })

  test('is off unless it is asked for', ({ assert }) => {
    assert.isFalse(isDemoMode(false, ['http://127.0.0.1:8545']))
  })

  test('is refused beside any other chain, and beside none', ({ assert }) => {
    const endpoints = ['http://127.0.0.1:8545', 'https://bsc.example.com/v1/key']

    assert.throws(() => isDemoMode(true, endpoints), /BSC_RPC_URL names another machine/)
    assert.throws(() => isDemoMode(true, []), /BSC_RPC_URL is not set/)
  })
})
