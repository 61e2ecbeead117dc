import { test } from '@japa/runner'
import { qrCode } from '#views/qr_code'
import { scanned } from '#tests/support/qr_scanner'

test.group('QR codes', () => {
  test('a scanner reads back what was drawn: {$self}')
    .with([
      'https://regou.example.com/login?next=%2Frenew',
      `ethereum:0x${'a1'.repeat(20)}@56?value=1e18`,
    ])
    .run(({ assert }, text) => {
      assert.equal(scanned(qrCode(text)), text)
    })
})
