import { test } from '@japa/runner'
import { AddressGuard } from '#foundation/net/address_guard'

const REFUSED = [
  ['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
  ['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.1.1'],
  ['192.31.196.1', '192.52.193.1', '192.175.48.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
  ['224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ['::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:0:127.0.0.1'],
  ['64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', 'fc00::1', 'fd12::1', 'fe80::1', 'fec0::1'],
  ['ff02::1', '5f00::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '2620:4f:8000::1', '3fff::1'],
  ['4000::1', 'fe80::1%eth0', '2606:4700::1%eth0', 'localhost', '', '1.2.3', '0x7f.1'],
].flat()

const ALLOWED = ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111']

test.group('Address guard', () => {
  test('refuses {$self}')
    .with(REFUSED)
    .run(({ assert }, address) => {
      assert.isFalse(new AddressGuard([]).allows(address))
    })

  test('allows {$self}')
    .with(ALLOWED)
    .run(({ assert }, address) => {
      assert.isTrue(new AddressGuard([]).allows(address))
    })

  test('an exception opens exactly the network that it names', ({ assert }) => {
    const guard = new AddressGuard(['127.0.0.0/8', 'fd12::/16'])

    assert.isTrue(guard.allows('127.0.0.1'))
    assert.isTrue(guard.allows('fd12::5'))
    assert.isFalse(guard.allows('10.0.0.1'))
    assert.isFalse(guard.allows('::1'))
  })
})
