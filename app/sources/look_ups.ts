import * as AbiFunction from 'ox/AbiFunction'
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

/** A view call that answers the address of a pool, or zero. */
export interface PoolQuestion {
  /** In lower case. */
  contract: Address
  data: `0x${string}`
}

/**
 * How to ask an exchange for the pool of a token, in groups of questions: the first group that has an
 * answer counts. Several answers in one group tell nothing, because anyone may have made a pool of
 * its kind.
 */
export type PoolLookUp = (token: Address, quote: Address | undefined) => PoolQuestion[][]

/** The pool that the answers to groups of questions tell, in the order of the questions. */
export function poolAmong(
  groups: PoolQuestion[][],
  answers: (`0x${string}` | null)[]
): Address | null {
  let next = 0
  for (const group of groups) {
    const pools = answers.slice(next, (next += group.length)).map(poolInAnswer)
    const made = pools.filter((pool) => pool !== null)
    if (made.length > 0) {
      return made.length === 1 ? made[0]! : null
    }
  }
  return null
}

/** `signature` is a view function in human-readable ABI that answers one address. */
export function poolQuestion(contract: string, signature: string, args: unknown[]): PoolQuestion {
  const abiFunction = AbiFunction.from(signature as never) as AbiFunction.AbiFunction
  return {
    contract: contract.toLowerCase() as Address,
    data: AbiFunction.encodeData(abiFunction, args as never),
  }
}

/** The address in a call's answer; null when it is zero, or no address. */
function poolInAnswer(answer: `0x${string}` | null): Address | null {
  const match = /^0x0{24}([0-9a-f]{40})$/i.exec(answer ?? '')
  return match && !/^0+$/.test(match[1]!) ? `0x${match[1]!.toLowerCase()}` : null
}
