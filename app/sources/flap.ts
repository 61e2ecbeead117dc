import { cleanText } from '#sources/values'
import { contract, defineSource, event } from '#sources/define_source'
import { NATIVE, type Address, type Fact } from '#sources/facts'

/**
 * Flap on BSC. Events and address: docs.flap.sh and the verified Portal. A launch is
 * `TokenCreated` with several settings of the same token in the same transaction, in no promised
 * order. Of the companions that every trade emits only the progress is read.
 */

export const FLAP_PORTAL = '0xe2cE6ab80874Fa9Fa2aAE65D277Dd6B8e65C9De0'

/** Progress at graduation: 1e18 is 100 %. */
const COMPLETE = 10n ** 18n

interface PortalTrade {
  token: Address
  amount: bigint
  /** Gross, in the quote asset whatever the name says. */
  eth: bigint
  fee: bigint
  /** Quote wei for one whole token, after the trade. */
  postPrice: bigint
}

function portalTrade(side: 'buy' | 'sell', trader: Address, trade: PortalTrade): Fact[] {
  const pool = { poolId: trade.token, token: trade.token, price: trade.postPrice }
  return [
    {
      type: 'trade',
      side,
      ...pool,
      trader,
      quoteAmount: trade.eth,
      baseAmount: trade.amount,
      fee: trade.fee,
    },
    { type: 'pool_state', ...pool },
  ]
}

export const flap = defineSource({
  name: 'flap',
  label: 'Flap',
  hasLaunches: true,
  gmgnPlatforms: ['flap', 'flap_stocks', 'flap_aioracle'],
  defaultQuote: NATIVE,

  contracts: [
    contract(FLAP_PORTAL, [
      event(
        'event TokenCreated(uint256 ts, address creator, uint256 nonce, address token, string name, string symbol, string meta)',
        ({ creator, token, name, symbol, meta }) => [
          {
            type: 'launch',
            kind: 'created',
            token,
            creator,
            name: cleanText(name),
            symbol: cleanText(symbol),
            metadataUri: cleanText(meta),
            poolId: token,
          },
          { type: 'pool', kind: 'curve', poolId: token, token, creator },
        ]
      ),
      event('event TokenQuoteSet(address token, address quoteToken)', ({ token, quoteToken }) => [
        { type: 'clue', token, quote: quoteToken },
      ]),
      event(
        'event TokenBought(uint256 ts, address token, address buyer, uint256 amount, uint256 eth, uint256 fee, uint256 postPrice)',
        ({ buyer, ...trade }) => portalTrade('buy', buyer, trade)
      ),
      event(
        'event TokenSold(uint256 ts, address token, address seller, uint256 amount, uint256 eth, uint256 fee, uint256 postPrice)',
        ({ seller, ...trade }) => portalTrade('sell', seller, trade)
      ),
      event(
        'event FlapTokenProgressChanged(address token, uint256 newProgress)',
        ({ token, newProgress }) => [
          { type: 'pool_state', poolId: token, token, progress: newProgress },
        ]
      ),
      event(
        'event LaunchedToDEX(address token, address pool, uint256 amount, uint256 eth)',
        ({ token, pool, amount, eth }) => [
          {
            type: 'launch',
            kind: 'graduated',
            token,
            poolId: pool,
            baseAmount: amount,
            quoteAmount: eth,
          },
          { type: 'pool_state', poolId: token, token, progress: COMPLETE },
        ]
      ),
      // With a singleton DEX `LaunchedToDEX.pool` is the vault, and the pool is only named here.
      event(
        'event FlapTokenCLPoolCreated(address token, bytes32 poolId, uint160 sqrtPriceX96)',
        ({ token, poolId }) => [{ type: 'clue', token, graduationPool: poolId }]
      ),
    ]),
  ],
})
