import { test } from '@japa/runner'
import { isSignedBy, type Provider } from '#billing/hints/providers'

interface Vector {
  provider: Provider
  secret: string
  body: string
  headers: Record<string, string>
}

/** The first is that of Moralis' own SDK; the others were reckoned by the providers' documents. */
const VECTORS: Vector[] = [
  {
    provider: 'moralis',
    secret: 'k9'.repeat(32),
    body: '{"abi":[],"block":{"number":"","hash":"","timestamp":""},"txs":[],"txsInternal":[],"logs":[],"chainId":"","confirmed":true,"retries":0,"tag":"","streamId":"","erc20Approvals":[],"erc20Transfers":[],"nftTokenApprovals":[],"nftApprovals":{"ERC721":[],"ERC1155":[]},"nftTransfers":[],"nativeBalances":[]}',
    headers: {
      'x-signature': '0x3c4b2e6b07e386f97198eb2dc639f7901f00a5d3ec1b8c8effe4838920d71829',
    },
  },
  {
    provider: 'alchemy',
    secret: 'whsec_test',
    body: '{"webhookId":"wh_test","id":"whevt_test","createdAt":"2026-01-01T00:00:00.000Z","type":"ADDRESS_ACTIVITY","event":{"network":"BNB_MAINNET","activity":[]}}',
    headers: {
      'x-alchemy-signature': '70655e1701f97e675abddd428130620309016a972b6d4c76bc699f422611db29',
    },
  },
  {
    provider: 'quicknode',
    secret: 'qn_token',
    body: '{"a":1}',
    headers: {
      'x-qn-signature': '8642211cdaef56912bdc1026d47c8e4ae3ba35e21799dda1da36dc486531c773',
      'x-qn-nonce': 'abc123',
      'x-qn-timestamp': '1767225600',
    },
  },
  {
    provider: 'bearer',
    secret: 'open sesame',
    body: '{"txHash":"0x12"}',
    headers: { authorization: 'Bearer open sesame' },
  },
]

test.group('A call of a provider', () => {
  test('of {provider} is known by its secret, and by nothing else')
    .with(VECTORS)
    .run(({ assert }, { provider, ...signed }) => {
      assert.isTrue(isSignedBy(provider, signed))
      assert.isFalse(isSignedBy(provider, { ...signed, secret: `${signed.secret}x` }))
      assert.isFalse(isSignedBy(provider, { ...signed, secret: '' }))
      assert.isFalse(isSignedBy(provider, { ...signed, headers: {} }))
      if (provider !== 'bearer') {
        assert.isFalse(isSignedBy(provider, { ...signed, body: `${signed.body} ` }))
      }
    })
})
