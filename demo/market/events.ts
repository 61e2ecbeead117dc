import {
  parseAbi,
  type Address,
  encodeAbiParameters,
  encodeEventTopics,
  getAbiItem,
  type Abi,
  type AbiEvent,
  type ContractEventName,
  type GetEventArgs,
  type Hex,
} from 'viem'
import { emitCall } from '#demo/chain/contracts'
import type { ContractCall } from '#demo/chain/local_chain'

/**
 * What the contracts emit, written down a second time on purpose: the market must not borrow the
 * signatures that the scanner reads with, or a slip in them would go unnoticed.
 */

const TOKEN_EVENTS = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
])

export const FOUR_EVENTS = parseAbi([
  'event TokenCreate(address creator, address token, uint256 requestId, string name, string symbol, uint256 totalSupply, uint256 launchTime, uint256 launchFee)',
  'event TokenPurchase(address token, address account, uint256 price, uint256 amount, uint256 cost, uint256 fee, uint256 offers, uint256 funds)',
  'event TokenPurchase2(uint256 origin)',
  'event TokenSale(address token, address account, uint256 price, uint256 amount, uint256 cost, uint256 fee, uint256 offers, uint256 funds)',
  'event TokenSale2(uint256 origin)',
  'event TradeStop(address token)',
  'event LiquidityAdded(address base, uint256 offers, address quote, uint256 funds)',
])

/** The first manager still settles a few trades of tokens from before September 2024. */
export const FOUR_V1_EVENTS = parseAbi([
  'event TokenPurchase(address token, address account, uint256 tokenAmount, uint256 etherAmount, uint256 fee)',
  'event TokenSale(address token, address account, uint256 tokenAmount, uint256 etherAmount, uint256 fee)',
])

export const FLAP_EVENTS = parseAbi([
  'event TokenCreated(uint256 ts, address creator, uint256 nonce, address token, string name, string symbol, string meta)',
  'event TokenCurveSetV2(address token, uint256 r, uint256 h, uint256 k)',
  'event TokenDexSupplyThreshSet(address token, uint256 dexSupplyThresh)',
  'event TokenVersionSet(address token, uint8 version)',
  'event TokenQuoteSet(address token, address quoteToken)',
  'event TokenMigratorSet(address token, uint8 migratorType)',
  'event TokenDexPreferenceSet(address token, uint8 dexId, uint8 lpFeeProfile)',
  'event FlapTokenTaxSet(address token, uint256 tax)',
  'event TokenBought(uint256 ts, address token, address buyer, uint256 amount, uint256 eth, uint256 fee, uint256 postPrice)',
  'event TokenSold(uint256 ts, address token, address seller, uint256 amount, uint256 eth, uint256 fee, uint256 postPrice)',
  'event FlapTokenCirculatingSupplyChanged(address token, uint256 newSupply)',
  'event FlapTokenProgressChanged(address token, uint256 newProgress)',
  'event TaxV2OnBondingCurvePaid(address indexed token, uint256 amount)',
  'event LaunchedToDEX(address token, address pool, uint256 amount, uint256 eth)',
])

/** As its integration guide prints them (four-meme-community/openfour-docs). */
export const OPEN_FOUR_EVENTS = parseAbi([
  'event TokenCreated(uint256 requestId, uint256 indexed presetId, address indexed creator, address indexed token, string name, string symbol, uint256 maxSupply, uint256 saleAmount, uint256 raiseAmount, uint256 initialPrice, address quoteAsset, address vault, address curveModule, address tradeModule, address migrateModule, address customData, address tokenModule, string tokenMetaUri, uint256 flags, bytes encodedTags)',
  'event TradeExecuted(address indexed token, address indexed trader, uint256 indexed presetId, bool isBuy, address quoteAsset, address vault, uint256 requestedTokenAmount, uint256 tokenAmount, uint256 curveQuoteAmount, uint256 traderQuoteAmount, uint256 lastPrice, uint256 slippageLimit, uint256 protocolFee, uint256 taxFee, uint256 devFee, uint256 antiSniperFee, uint256 totalRaised, uint256 remainingForSale)',
  'event MigrateExecuted(uint256 indexed presetId, address indexed caller, address indexed token, address vault, address migrateModule, bytes8 migrateTagId, uint256 totalRaised, uint256 remainingForSale, bytes32 hookDataHash, uint8 migratedDataVersion, bytes encodedMigratedData)',
])

export const PANCAKE_EVENTS = parseAbi([
  'event PairCreated(address indexed token0, address indexed token1, address pair, uint256 pairs)',
])

/** Tokens moved. */
export function transfer(token: Address, from: Address, to: Address, value: bigint): Emission {
  return emission(token, TOKEN_EVENTS, 'Transfer', { from, to, value })
}

/** The token's contract changed hands. */
export function ownership(token: Address, previousOwner: Address, newOwner: Address): Emission {
  return emission(token, TOKEN_EVENTS, 'OwnershipTransferred', { previousOwner, newOwner })
}

/** A log that the market wants on the chain. */
export interface Emission {
  address: Address
  eventName: string
  args: Record<string, unknown>
  topics: Hex[]
  data: Hex
}

type Arguments<TAbi extends Abi, TName extends ContractEventName<TAbi>> = GetEventArgs<
  TAbi,
  TName,
  { EnableUnion: false; IndexedOnly: false; Required: true }
>

/** The log of an event, byte for byte as the contract at `address` would emit it. */
export function emission<const TAbi extends Abi, TName extends ContractEventName<TAbi>>(
  address: Address,
  abi: TAbi,
  eventName: TName,
  args: Arguments<TAbi, TName>
): Emission {
  const named = args as Record<string, unknown>
  const { inputs } = getAbiItem({ abi: abi as Abi, name: eventName as string }) as AbiEvent
  const unindexed = inputs.filter((input) => !input.indexed)

  return {
    address,
    eventName,
    args: named,
    topics: encodeEventTopics({
      abi: abi as Abi,
      eventName: eventName as string,
      args: named,
    }) as Hex[],
    data: encodeAbiParameters(
      unindexed,
      unindexed.map((input) => named[input.name!])
    ),
  }
}

export function toCall({ address, topics, data }: Emission): ContractCall {
  return { to: address, data: emitCall(topics, data) }
}
