import { test } from '@japa/runner'
import { HDKey } from 'viem/accounts'
import { ExtendedKey } from '#billing/addresses/extended_key'

const ACCOUNT =
  'xpub6Ce9NcJvTk36xtLSrJLZqE7wtgA5deCeYs7rSQtreh4cj6ByPtrg9sD7V2FNFLPnf8heNP3FGkeV9qwfzvZNSd54JoNXVsXFYSYwHsnJxqP'
const CHAIN =
  'xpub6DyUKdwoLWmUJ4Tn9Bbsdtx7B5Ws18mEN19e5HT52ikE53FiUheSQXrZUNPovqfyKmw4579A1Mm3GXXKM39N64uooBfJ4tNAzFsEbodRTx4'

/** Of the mnemonic that every development chain uses ("test test … junk"). */
const ADDRESSES: [number, string][] = [
  [0, '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'],
  [1, '0x70997970c51812dc3a010c7d01b50e0d17dc79c8'],
  [2, '0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc'],
  [19, '0x8626f6940e2eb28930efb4cef49b2d1f2c9c1199'],
  [1000, '0x6d58073aeeb28068c5925d618da9f4c4f35727b3'],
  [2147483647, '0x9d90537e6c8631cf4cbf3f3049519844027a3d68'],
]

test.group('An extended public key', () => {
  test('gives the addresses that its wallet has, from the account and from the chain level')
    .with([ACCOUNT, CHAIN])
    .run(({ assert }, xpub) => {
      const key = new ExtendedKey(xpub)
      for (const [index, address] of ADDRESSES) {
        assert.equal(key.address(index), address)
      }
    })

  test('is refused in words when it is private, of another level, or none', ({ assert }) => {
    const root = HDKey.fromMasterSeed(new Uint8Array(32).fill(1))
    const account = root.derive(`m/44'/60'/0'`)
    const refusal = (text: string) => {
      try {
        new ExtendedKey(text)
        return 'accepted'
      } catch (error) {
        return (error as Error).message
      }
    }

    const ofPrivate = refusal(account.privateExtendedKey)
    assert.match(ofPrivate, /private key.*can spend/)
    assert.notInclude(ofPrivate, account.privateExtendedKey)
    assert.match(refusal(root.publicExtendedKey), /depth 0.*depth 3.*depth 4/)
    assert.match(refusal(account.derive('m/0/5').publicExtendedKey), /depth 5/)
    assert.match(refusal(`${ACCOUNT.slice(0, -1)}Q`), /no extended public key/)
    assert.match(refusal('0x1234'), /no extended public key/)
  })
})
