import { cleanText } from '#sources/values'
import { contract, defineSource, event } from '#sources/define_source'

/**
 * Clanker v4 on BSC. Event: clanker-devco/v4-contracts (IClanker.sol); address: its table of
 * deployments. A token has no curve: it is made together with its pool, whose id the event names.
 */

const CLANKER_V4 = '0xea30438e0b5f99096cb05a8da63be55a6a298f6a'

export const clanker = defineSource({
  name: 'clanker',
  label: 'Clanker',
  hasLaunches: true,
  gmgnPlatforms: ['clanker'],

  contracts: [
    contract(CLANKER_V4, [
      event(
        'event TokenCreated(address msgSender, address indexed tokenAddress, address indexed tokenAdmin, string tokenImage, string tokenName, string tokenSymbol, string tokenMetadata, string tokenContext, int24 startingTick, address poolHook, bytes32 poolId, address pairedToken, address mevModule, uint256 extensionsSupply, address[] extensions)',
        ({ tokenAddress, tokenAdmin, tokenName, tokenSymbol, poolId, pairedToken }) => [
          {
            type: 'launch',
            kind: 'created',
            token: tokenAddress,
            creator: tokenAdmin,
            name: cleanText(tokenName),
            symbol: cleanText(tokenSymbol),
            quote: pairedToken,
            poolId,
          },
        ]
      ),
    ]),
  ],
})
