import * as Secp256k1 from 'ox/Secp256k1'
import { bytesToHex, type Address } from 'viem'
import { HDKey, publicKeyToAddress } from 'viem/accounts'
import { OperatorError } from '#foundation/errors'

/** Levels of m/44'/60'/0'/0/index (BIP-44): the account, and the chain of its receiving addresses. */
const ACCOUNT_DEPTH = 3
const CHAIN_DEPTH = 4

/** From an extended public key (BIP-32) addresses follow, but no key that could spend from them. */
export class ExtendedKey {
  readonly #chain: HDKey

  /**
   * @throws OperatorError for a private key, for a key of another level, and for what is no key
   */
  constructor(text: string) {
    if (/^[xyzt]prv/i.test(text)) {
      throw new OperatorError(
        'BNB_XPUB is a private key (xprv): anyone who reads it can spend. Take it off this machine, ' +
          'move what it holds, and put the xpub of a new wallet here'
      )
    }
    const key = parse(text)
    if (key.depth !== ACCOUNT_DEPTH && key.depth !== CHAIN_DEPTH) {
      throw new OperatorError(
        `BNB_XPUB is a key of depth ${key.depth}. Export that of the account (m/44'/60'/0', ` +
          `depth 3) or of its receiving chain (m/44'/60'/0'/0, depth 4)`
      )
    }
    this.#chain = key.depth === ACCOUNT_DEPTH ? key.deriveChild(0) : key
  }

  /** The address with this index (0 to 2^31 - 1), in lower case. */
  address(index: number): Address {
    const point = Secp256k1.noble.ProjectivePoint.fromHex(this.#chain.deriveChild(index).publicKey!)
    return publicKeyToAddress(bytesToHex(point.toRawBytes(false))).toLowerCase() as Address
  }
}

function parse(text: string): HDKey {
  try {
    return HDKey.fromExtendedKey(text)
  } catch (cause) {
    throw new OperatorError(
      'BNB_XPUB is no extended public key: it begins with xpub and has 111 characters. ' +
        'Copy it again from the wallet',
      { cause }
    )
  }
}
