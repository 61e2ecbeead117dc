import { test } from '@japa/runner'
import { oneUrl, siteOrigin, urlList } from '#foundation/env_hosts'
import { addressList } from '#foundation/env_rules'

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
      const told = 'APP_URL is not the URL of the site. Example: APP_URL=https://regou.example.com'
      assert.throws(() => siteOrigin('APP_URL', url), told)
    })

  test('addresses are kept in lower case, and a wrong one among them is named', ({ assert }) => {
    const wallet = `0x${'Ab'.repeat(20)}`

    assert.deepEqual(addressList('OPERATOR_WALLETS', `${wallet}, ${wallet}`), [
      wallet.toLowerCase(),
      wallet.toLowerCase(),
    ] as never)
    assert.throws(
      () => addressList('OPERATOR_WALLETS', `${wallet},0x12`),
      /^OPERATOR_WALLETS is not/
    )
  })

  test('a URL in a list is told by its place, and what is wrong by its kind: {0}')
    .with([
      ['bsc.example.com/v1/key', 'it does not begin with http:// or https://'],
      ['https://a.example.com, https://b.example.com:port', 'URL 2 of 2 cannot be read'],
      ['https://user:1%@a.example.com', 'it has a user name or password with a %'],
      ['https://user:1#2@a.example.com', 'it has a # before its host'],
      [',', 'it holds none'],
    ] as const)
    .run(({ assert }, [value, mistake]) => {
      const rule = urlList(['http', 'https'], 'https://bsc.example.com/v1/your-key')

      assert.throws(
        () => rule('BSC_RPC_URL', value),
        new RegExp(`separated by commas, but ${mistake}`)
      )
    })

  test('a password in an address of a database may hold a comma', ({ assert }) => {
    const url = 'postgres://regou:a,b@127.0.0.1/regou'

    assert.equal(oneUrl(['postgres'], 'postgres://127.0.0.1/regou')('DATABASE_URL', url), url)
  })
})
