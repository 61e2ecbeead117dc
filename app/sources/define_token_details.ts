import { AbiFunction } from 'ox'
import type { Address } from '#sources/facts'

/** What a venue's view contract tells of a token. Amounts in quote wei. */
export interface TokenDetails {
  quote: Address
  raiseTarget?: bigint
}

/** How to ask a venue's view contract about a token, with a call that a multicall can carry. */
export interface TokenDetailsCall {
  /** The view contract, in lower case. */
  contract: Address
  encode(token: Address): `0x${string}`
  /**
   * Null when the venue does not know the token.
   *
   * @throws when the answer is not what the signature promises
   */
  decode(result: `0x${string}`): TokenDetails | null
}

type Results<Signature extends string> = AbiFunction.decodeResult.ReturnType<
  Extract<AbiFunction.from.ReturnType<Signature>, AbiFunction.AbiFunction>,
  'Object'
>

/** `signature` is a view function of one address in human-readable ABI with named results. */
export function tokenDetailsCall<const Signature extends string>(
  contract: string,
  signature: Signature,
  toDetails: (results: Results<Signature>) => TokenDetails | null
): TokenDetailsCall {
  const abiFunction = AbiFunction.from(signature as never) as AbiFunction.AbiFunction

  return {
    contract: contract.toLowerCase() as Address,
    encode: (token) => AbiFunction.encodeData(abiFunction, [token] as never),
    decode: (result) =>
      toDetails(AbiFunction.decodeResult(abiFunction, result, { as: 'Object' }) as never),
  }
}
