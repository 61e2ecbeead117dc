import { test } from '@japa/runner'
import { addressList, siteOrigin } from '#foundation/env_rules'

test.group('Environment rules', () => {
  test('a site is kept as its origin: {$self}')
    .with(['https://regou.example.com', 'https://regou.example.com/login?a=b'])
    .run(({ assert }, url) => {
      assert.equal(siteOrigin('APP_URL', url), 'https://regou.example.com')
    })

  test('a site that no login message can name is refused: {$self}')
    .with([
      'regou.example.com',
      'ftp://regou.example.com',
      'http://regou:3333',
      'http://[::1]:3333',
    ])
    .run(({ assert }, url) => {
      const told = `APP_URL is "${url}", but should be the URL of the site. Example: APP_URL=https://regou.example.com`
      assert.throws(() => siteOrigin('APP_URL', url), told)
    })

  test('addresses are kept in lower case, and a wrong one among them is named', ({ assert }) => {
    const wallet = `0x${'Ab'.repeat(20)}`

    assert.deepEqual(addressList('OPERATOR_WALLETS', `${wallet}, ${wallet}`), [
      wallet.toLowerCase(),
      wallet.toLowerCase(),
    ] as never)
    assert.throws(() => addressList('OPERATOR_WALLETS', `${wallet},0x12`), /is "0x12"/)
  })
})
