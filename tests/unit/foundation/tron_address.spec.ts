import { test } from '@japa/runner'
import { readTronAddress, tronAddress } from '#foundation/text/tron_address'

const HEX = '41c8599111f29c1e1e061265b4af93ea1f274ad78a'
const BASE58 = 'TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH'

test.group('Addresses of TRON', () => {
  test('bytes become the text that explorers show', ({ assert }) => {
    assert.equal(tronAddress(HEX), BASE58)
    const receiver = '41b6e708a39781c96bd399c7657780ff9fe9f052a8'
    assert.equal(tronAddress(receiver), 'TSeJkUh4Qv67VNFwY8LaAxERygNdy6NQZK')
  })

  test('one address is read in all its forms', ({ assert }) => {
    const forms = [BASE58, HEX, HEX.toUpperCase(), `0x${HEX}`, `0x${HEX.slice(2)}`]
    assert.deepEqual(forms.map(readTronAddress), Array(forms.length).fill(BASE58))
  })

  test('what is mistyped is no address', ({ assert }) => {
    const wrong = [
      BASE58.replace(/H$/, 'J'),
      BASE58.replace('UEZ', 'UZE'),
      BASE58.toLowerCase(),
      BASE58.slice(0, -1),
      `42${HEX.slice(2)}`,
      HEX.slice(2),
      '',
    ]
    assert.deepEqual(wrong.map(readTronAddress), Array(wrong.length).fill(null))
  })
})
