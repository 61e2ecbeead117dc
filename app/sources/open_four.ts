import { cleanText } from '#sources/values'
import { contract, defineSource, event } from '#sources/define_source'
import type { Address, Fact } from '#sources/facts'

/**
 * OpenFour on BSC, the modular protocol of Four.meme. Events and meanings:
 * four-meme-community/openfour-docs (integration guide, IOpenFourCore.sol); the address is what its
 * registry 0x912CEf0C3aE9Ab6eB3Ec87cab69371cFb317Ab94 answers as `openFourCore()`. Quote assets are
 * always tokens: one that sells for BNB names wrapped BNB.
 */

const OPEN_FOUR_CORE = '0xebe7b6c1089d9f72ad07f34e36d898e44e5e27f3'

/** Progress at graduation: 1e18 is 100 %. */
const COMPLETE = 10n ** 18n

/** One ABI word that holds nothing but an address. */
const ADDRESS_WORD = /^0x0{24}([0-9a-f]{40})$/i

/**
 * The pool in the data of a migration: `abi.encode(address pair)` for exchanges that make pairs,
 * `abi.encode(bytes32 poolId)` for those with one contract for all pools. Undefined for anything else.
 */
function migratedPool(data: string): string | undefined {
  const pair = ADDRESS_WORD.exec(data)?.[1]
  if (pair) {
    return /^0+$/.test(pair) ? undefined : `0x${pair.toLowerCase()}`
  }
  return data.length === 66 ? data.toLowerCase() : undefined
}

function createdFacts(created: {
  token: Address
  creator: Address
  name: string
  symbol: string
  saleAmount: bigint
  raiseAmount: bigint
  initialPrice: bigint
  quoteAsset: Address
  tokenMetaUri: string
}): Fact[] {
  const { token, creator, quoteAsset: quote } = created
  const place = { token, poolId: token, quote }
  return [
    {
      type: 'launch',
      kind: 'created',
      ...place,
      creator,
      name: cleanText(created.name),
      symbol: cleanText(created.symbol),
      metadataUri: cleanText(created.tokenMetaUri),
    },
    {
      type: 'pool',
      kind: 'curve',
      ...place,
      creator,
      // Some of its curves raise to no target.
      raiseTarget: created.raiseAmount === 0n ? undefined : created.raiseAmount,
    },
    {
      type: 'pool_state',
      ...place,
      price: created.initialPrice,
      baseReserve: created.saleAmount,
      quoteReserve: 0n,
    },
  ]
}

export const openFour = defineSource({
  name: 'openfour',
  label: 'OpenFour',
  hasLaunches: true,
  gmgnPlatforms: ['openfour'],

  contracts: [
    contract(OPEN_FOUR_CORE, [
      event(
        'event TokenCreated(uint256 requestId, uint256 indexed presetId, address indexed creator, address indexed token, string name, string symbol, uint256 maxSupply, uint256 saleAmount, uint256 raiseAmount, uint256 initialPrice, address quoteAsset, address vault, address curveModule, address tradeModule, address migrateModule, address customData, address tokenModule, string tokenMetaUri, uint256 flags, bytes encodedTags)',
        createdFacts
      ),
      event(
        'event TradeExecuted(address indexed token, address indexed trader, uint256 indexed presetId, bool isBuy, address quoteAsset, address vault, uint256 requestedTokenAmount, uint256 tokenAmount, uint256 curveQuoteAmount, uint256 traderQuoteAmount, uint256 lastPrice, uint256 slippageLimit, uint256 protocolFee, uint256 taxFee, uint256 devFee, uint256 antiSniperFee, uint256 totalRaised, uint256 remainingForSale)',
        ({ token, trader, isBuy, quoteAsset, lastPrice, ...trade }) => {
          const place = { poolId: token, token, quote: quoteAsset, price: lastPrice }
          return [
            {
              type: 'trade',
              side: isBuy ? 'buy' : 'sell',
              ...place,
              trader,
              quoteAmount: trade.curveQuoteAmount,
              baseAmount: trade.tokenAmount,
              fee: trade.protocolFee + trade.taxFee + trade.devFee + trade.antiSniperFee,
            },
            {
              type: 'pool_state',
              ...place,
              baseReserve: trade.remainingForSale,
              quoteReserve: trade.totalRaised,
            },
          ]
        }
      ),
      // It names no quote asset; the token's is known from its creation or a trade.
      event(
        'event MigrateExecuted(uint256 indexed presetId, address indexed caller, address indexed token, address vault, address migrateModule, bytes8 migrateTagId, uint256 totalRaised, uint256 remainingForSale, bytes32 hookDataHash, uint8 migratedDataVersion, bytes encodedMigratedData)',
        ({ token, totalRaised, encodedMigratedData }) => [
          {
            type: 'launch',
            kind: 'graduated',
            token,
            quoteAmount: totalRaised,
            poolId: migratedPool(encodedMigratedData),
          },
          { type: 'pool_state', poolId: token, token, progress: COMPLETE },
        ]
      ),
    ]),
  ],
})
