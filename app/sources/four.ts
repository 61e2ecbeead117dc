import { cleanText, priceOf } from '#sources/values'
import { contract, defineSource, event } from '#sources/define_source'
import { tokenDetailsCall } from '#sources/look_ups'
import { NATIVE, type Address, type Fact } from '#sources/facts'

/**
 * Four.meme on BSC. Events and addresses: four-meme-community/fourmeme-docs and real logs. No
 * event has an indexed parameter and none but `LiquidityAdded` names the quote asset.
 */

const TOKEN_MANAGER_V1 = '0xEC4549caDcE5DA21Df6E6422d448034B5233bFbC'
const TOKEN_MANAGER_V2 = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'
const TOKEN_MANAGER_HELPER = '0xF251F83e40a78868FcfA3FA4599Dad6494E46034'
const PANCAKE_V2_FACTORY = '0xcA143Ce32Fe78f1f7019d7d551a6402fC5350c73'
const PANCAKE_V3_FACTORY = '0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865'

/** Progress at graduation: 1e18 is 100 %. */
const COMPLETE = 10n ** 18n

interface CurveTrade {
  token: Address
  account: Address
  /** Quote wei for one whole token, after the trade. */
  price: bigint
  amount: bigint
  /** Gross, in the quote asset; the fee comes on top. */
  cost: bigint
  fee: bigint
  /** Tokens left on the curve. */
  offers: bigint
  /** Quote raised. */
  funds: bigint
}

function curveTrade(side: 'buy' | 'sell', trade: CurveTrade): Fact[] {
  const pool = { poolId: trade.token, token: trade.token, price: trade.price }
  return [
    {
      type: 'trade',
      side,
      ...pool,
      trader: trade.account,
      quoteAmount: trade.cost,
      baseAmount: trade.amount,
      fee: trade.fee,
    },
    { type: 'pool_state', ...pool, baseReserve: trade.offers, quoteReserve: trade.funds },
  ]
}

interface FirstVersionTrade {
  token: Address
  account: Address
  tokenAmount: bigint
  etherAmount: bigint
  fee?: bigint
}

/** The first version sold for BNB only and did not state a price. */
function firstVersionTrade(side: 'buy' | 'sell', trade: FirstVersionTrade): Fact[] {
  return [
    {
      type: 'trade',
      side,
      poolId: trade.token,
      token: trade.token,
      trader: trade.account,
      quote: NATIVE,
      quoteAmount: trade.etherAmount,
      baseAmount: trade.tokenAmount,
      fee: trade.fee,
      price: priceOf(trade.etherAmount, trade.tokenAmount),
    },
  ]
}

/** A pool that is created in the transaction of a graduation holds its liquidity. */
function poolOf(tokens: Address[], pool: Address): Fact[] {
  return tokens.map((token) => ({ type: 'clue', token, graduationPool: pool }))
}

export const four = defineSource({
  name: 'four',
  label: 'Four.meme',
  hasLaunches: true,
  gmgnPlatform: 'fourmeme',

  tokenDetails: tokenDetailsCall(
    TOKEN_MANAGER_HELPER,
    'function getTokenInfo(address token) view returns (uint256 version, address tokenManager, address quote, uint256 lastPrice, uint256 tradingFeeRate, uint256 minTradingFee, uint256 launchTime, uint256 offers, uint256 maxOffers, uint256 funds, uint256 maxFunds, bool liquidityAdded)',
    ({ tokenManager, quote, maxFunds }) =>
      tokenManager === NATIVE ? null : { quote, raiseTarget: maxFunds }
  ),

  contracts: [
    contract(TOKEN_MANAGER_V2, [
      event(
        'event TokenCreate(address creator, address token, uint256 requestId, string name, string symbol, uint256 totalSupply, uint256 launchTime, uint256 launchFee)',
        ({ creator, token, name, symbol }) => [
          {
            type: 'launch',
            kind: 'created',
            token,
            creator,
            name: cleanText(name),
            symbol: cleanText(symbol),
            poolId: token,
          },
          { type: 'pool', kind: 'curve', poolId: token, token, creator },
        ]
      ),
      event(
        'event TokenPurchase(address token, address account, uint256 price, uint256 amount, uint256 cost, uint256 fee, uint256 offers, uint256 funds)',
        (trade) => curveTrade('buy', trade)
      ),
      event(
        'event TokenSale(address token, address account, uint256 price, uint256 amount, uint256 cost, uint256 fee, uint256 offers, uint256 funds)',
        (trade) => curveTrade('sell', trade)
      ),
      event(
        'event LiquidityAdded(address base, uint256 offers, address quote, uint256 funds)',
        ({ base, offers, quote, funds }) => [
          {
            type: 'launch',
            kind: 'graduated',
            token: base,
            quote,
            quoteAmount: funds,
            baseAmount: offers,
          },
          { type: 'pool_state', poolId: base, token: base, quote, progress: COMPLETE },
        ]
      ),
    ]),

    contract(TOKEN_MANAGER_V1, [
      event(
        'event TokenPurchase(address token, address account, uint256 tokenAmount, uint256 etherAmount, uint256 fee)',
        (trade) => firstVersionTrade('buy', trade)
      ),
      event(
        'event TokenSale(address token, address account, uint256 tokenAmount, uint256 etherAmount, uint256 fee)',
        (trade) => firstVersionTrade('sell', trade)
      ),
      event(
        'event TokenPurchase(address token, address account, uint256 tokenAmount, uint256 etherAmount)',
        (trade) => firstVersionTrade('buy', trade)
      ),
      event(
        'event TokenSale(address token, address account, uint256 tokenAmount, uint256 etherAmount)',
        (trade) => firstVersionTrade('sell', trade)
      ),
    ]),

    contract(PANCAKE_V2_FACTORY, [
      event(
        'event PairCreated(address indexed token0, address indexed token1, address pair, uint256)',
        ({ token0, token1, pair }) => poolOf([token0, token1], pair)
      ),
    ]),
    contract(PANCAKE_V3_FACTORY, [
      event(
        'event PoolCreated(address indexed token0, address indexed token1, uint24 indexed fee, int24 tickSpacing, address pool)',
        ({ token0, token1, pool }) => poolOf([token0, token1], pool)
      ),
    ]),
  ],
})
