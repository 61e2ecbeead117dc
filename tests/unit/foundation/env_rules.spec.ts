import { test } from '@japa/runner'
import { oneUrl, siteOrigin, urlList } from '#foundation/env_hosts'
import { addressList } from '#foundation/env_rules'
import { secretText } from '#foundation/env_secrets'

const RANDOM = 'mB3v-0cQ1xTz8Jkq'

test.group('Environment rules', () => {
  test('a site is kept as its origin: {$self}')
    .with(['https://regou.example.com', 'https://Regou.example.com:443/'])
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

  test('a site at which no login can work is refused, with the mistake and not the value: {0}')
    .with([
      ['http://regou.example.com', 'begins with http://'],
      ['https://regou.example.com/regou', 'has more than a host'],
      ['https://regou.example.com/?a=b', 'has more than a host'],
    ])
    .run(({ assert }, [url, mistake]) => {
      assert.throws(() => siteOrigin('APP_URL', url!), new RegExp(`^APP_URL ${mistake}`))
      assert.equal(siteOrigin('APP_URL', 'http://localhost:3333'), 'http://localhost:3333')
    })

  test('a secret that can be guessed is refused in production alone: {0}')
    .with([
      ['short', 'shorter than 16'],
      ['aaaaaaaaaaaaaaaaaaaaaaaa', 'fewer than 8 different'],
      ['1234567890123456', 'a sequence'],
      ['changeme-changeme-changeme', 'an example'],
      ['your-secret-key-goes-here', 'an example'],
    ])
    .run(({ assert }, [value, mistake]) => {
      const rule = (environment: string) => secretText('a long random text', environment)

      assert.throws(() => rule('production')('KEY', value), new RegExp(mistake!))
      assert.equal(rule('test')('KEY', value), value)
      assert.equal(rule('production')('KEY', RANDOM), RANDOM)
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
