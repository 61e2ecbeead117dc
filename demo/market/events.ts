import { parseAbi, type Address } from 'viem'
import { emission, type Emission } from '#demo/market/emission'

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
