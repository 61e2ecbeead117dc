import { test } from '@japa/runner'
import { TrustedHosts } from '#wechat/ilink/trusted_hosts'

const OFFICIAL = 'https://ilinkai.weixin.qq.com'

test.group('Hosts that may be sent the token of a bot', () => {
  test('a base URL below .weixin.qq.com is trusted: {$self}')
    .with(['https://ilinkai.weixin.qq.com', 'https://idc2.weixin.qq.com/', OFFICIAL.toUpperCase()])
    .run(({ assert }, url) => {
      assert.equal(new TrustedHosts(OFFICIAL).trustedBase(url), new URL(url).origin)
    })

  test('what only looks like it is refused: {$self}')
    .with([
      'https://evil.example',
      'https://weixin.qq.com.evil.example',
      'https://evilweixin.qq.com',
      'http://ilinkai.weixin.qq.com',
      'https://ilinkai.weixin.qq.com:8443',
      'https://user@ilinkai.weixin.qq.com',
      'https://evil.example/ilinkai.weixin.qq.com',
      'https://ilinkai.weixin.qq.com?host=evil.example',
      'https://evil.example#.weixin.qq.com',
      'http://127.0.0.1:80',
      'ilinkai.weixin.qq.com',
      '',
    ])
    .run(({ assert }, url) => {
      assert.isNull(new TrustedHosts(OFFICIAL).trustedBase(url))
    })

  test('a redirect names a bare host, with nothing around it: {0}')
    .with([
      ['idc2.weixin.qq.com', 'https://idc2.weixin.qq.com'],
      ['evil.example', null],
      ['evil.example/.weixin.qq.com', null],
      ['idc2.weixin.qq.com/ilink', null],
      ['user@idc2.weixin.qq.com', null],
      ['idc2.weixin.qq.com:444', null],
      ['', null],
    ] as const)
    .run(({ assert }, [host, expected]) => {
      assert.equal(new TrustedHosts(OFFICIAL).trustedHost(host), expected)
    })

  test('hosts that the operator names are trusted, with their port where they have one', ({
    assert,
  }) => {
    const hosts = new TrustedHosts('http://127.0.0.1:4010', ['127.0.0.1:4011', 'ilink.example.com'])

    assert.equal(hosts.home, 'http://127.0.0.1:4010')
    assert.equal(hosts.trustedBase('http://127.0.0.1:4010/'), 'http://127.0.0.1:4010')
    assert.equal(hosts.trustedHost('127.0.0.1:4011'), 'http://127.0.0.1:4011')
    assert.equal(hosts.trustedHost('idc2.weixin.qq.com'), 'https://idc2.weixin.qq.com')
    assert.equal(
      hosts.trustedBase('https://ilink.example.com:8443'),
      'https://ilink.example.com:8443'
    )
    assert.isNull(hosts.trustedHost('127.0.0.1:4012'))
    assert.isNull(hosts.trustedHost('other.example.com'))
  })

  test('the official service without TLS stops the start', ({ assert }) => {
    assert.throws(() => new TrustedHosts('http://ilinkai.weixin.qq.com'), /https:\/\//)
  })
})
