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
const WBNB: Address = '0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c'

/** Progress at graduation: 1e18 is 100 %. */
const COMPLETE = 10n ** 18n

interface CreatedToken {
  creator: Address
  token: Address
  name: string
  symbol: string
}

function createdFacts(created: CreatedToken, quote?: Address): Fact[] {
  const { creator, token } = created
  const place = { token, creator, poolId: token, quote }
  return [
    {
      type: 'launch',
      kind: 'created',
      ...place,
      name: cleanText(created.name),
      symbol: cleanText(created.symbol),
    },
    { type: 'pool', kind: 'curve', ...place },
  ]
}

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

/**
 * V2 makes one pair of two assets, so the pair with the quote asset of a graduation is the one that
 * its liquidity went to. Any other pool in its transaction may be made by the buyer.
 */
function pairOf([one, other]: [Address, Address], pair: Address): Fact[] {
  const clue = (token: Address, paired: Address): Fact => ({
    type: 'clue',
    token,
    graduationPool: pair,
    graduationQuote: paired === WBNB ? NATIVE : paired,
  })
  return [clue(one, other), clue(other, one)]
}

export const four = defineSource({
  name: 'four',
  label: 'Four.meme',
  hasLaunches: true,
  gmgnPlatforms: [
    'fourmeme',
    'bn_fourmeme',
    'fourmeme_agent',
    'four_xmode_agent',
    'lunafun',
    'goplus_skills',
  ],

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
        (created) => createdFacts(created)
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
        'event TokenCreate(address creator, address token, uint256 requestId, string name, string symbol, uint256 totalSupply, uint256 launchTime)',
        (created) => createdFacts(created, NATIVE)
      ),
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
        ({ token0, token1, pair }) => pairOf([token0, token1], pair)
      ),
    ]),
  ],
})
