import { test } from '@japa/runner'
import { addressGroups, paymentCodes, paymentUri } from '#views/pay_request'
import { scanned } from '#tests/support/qr_scanner'

const ADDRESS = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'
const CHECKSUMMED = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

/** More than fits a 64-bit float, to the wei. */
const REQUEST = { address: ADDRESS, chainId: 56, amount: 9_300_000_000_000_000_001n }

test.group('A request for a payment', () => {
  test('names address, chain and wei as EIP-681 wants it', ({ assert }) => {
    assert.equal(paymentUri(REQUEST), `ethereum:${CHECKSUMMED}@56?value=9300000000000000001`)
  })

  test('a scanner reads it from the code, and the address alone from the other', ({ assert }) => {
    const { request, address } = paymentCodes(REQUEST)

    assert.equal(scanned(request), paymentUri(REQUEST))
    assert.equal(scanned(address), CHECKSUMMED)
  })

  test('shows the address in groups of four that are the address', ({ assert }) => {
    const groups = addressGroups(ADDRESS)

    assert.equal(groups.join(''), CHECKSUMMED)
    assert.equal(groups[0], '0xf39F')
    assert.isTrue(groups.slice(1).every((group) => group.length === 4))
  })
})
