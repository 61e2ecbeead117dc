import { test } from '@japa/runner'
import {
  clientAddress,
  parseAddress,
  trustNetworks,
  visitorNetwork,
} from '#foundation/net/client_address'

test.group('Client address', () => {
  const isTrusted = trustNetworks(['127.0.0.0/8', '10.0.0.0/8', 'fd00::/16'])

  test('behind {peer}, which says "{forwardedFor}", {client} asks')
    .with([
      { peer: '198.51.100.1', forwardedFor: '203.0.113.9', client: '198.51.100.1' },
      { peer: '127.0.0.1', forwardedFor: '203.0.113.9', client: '203.0.113.9' },
      { peer: '::ffff:127.0.0.1', forwardedFor: '203.0.113.9:50123', client: '203.0.113.9' },
      { peer: 'fd00::1', forwardedFor: '[2001:DB8:0::1]:443', client: '2001:db8::1' },
      { peer: '127.0.0.1', forwardedFor: 'fe80::1%eth0', client: 'fe80::1' },
      { peer: '127.0.0.1', forwardedFor: '1.2.3.4, 203.0.113.9, 10.0.0.7', client: '203.0.113.9' },
      { peer: '127.0.0.1', forwardedFor: '203.0.113.9, unknown', client: '127.0.0.1' },
      { peer: '127.0.0.1', forwardedFor: 'a'.repeat(60), client: '127.0.0.1' },
      { peer: '127.0.0.1', forwardedFor: undefined, client: '127.0.0.1' },
    ])
    .run(({ assert }, { peer, forwardedFor, client }) => {
      assert.equal(clientAddress(peer, forwardedFor, isTrusted), client)
    })

  test('an address is one however it is written, and what is none is none', ({ assert }) => {
    assert.equal(parseAddress('::ffff:203.0.113.9'), '203.0.113.9')
    assert.equal(parseAddress('0:0:0:0:0:FFFF:cb00:7109'), '203.0.113.9')
    for (const text of [
      '',
      'unknown',
      '203.0.113',
      '203.0.113.9:',
      '1.2.3.4, 5.6.7.8',
      '_hidden',
    ]) {
      assert.isNull(parseAddress(text), text)
    }
  })

  test('the 2^64 addresses of one IPv6 customer count as one visitor', ({ assert }) => {
    assert.equal(visitorNetwork('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
    assert.equal(visitorNetwork('2001:db8:1:2::9'), '2001:db8:1:2::/64')
    assert.equal(visitorNetwork('2001:db8::9'), '2001:db8:0:0::/64')
    assert.equal(visitorNetwork('::1'), '0:0:0:0::/64')
    assert.equal(visitorNetwork('203.0.113.9'), '203.0.113.9')
  })
})
