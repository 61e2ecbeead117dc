import type { SourceDeclaration } from '#sources/declared/declaration'

/**
 * Contracts of your own, read beside the venues that Regou knows. docs/sources.md explains how.
 */
const ownSources: SourceDeclaration[] = [
  // {
  //   name: 'mypad',
  //   label: 'My launchpad',
  //   quote: 'native',
  //   contracts: [
  //     {
  //       address: '0x1111111111111111111111111111111111111111',
  //       events: [
  //         {
  //           signature: 'event Launched(address indexed token, address creator, string symbol)',
  //           as: 'launch',
  //           kind: 'created',
  //           map: { token: 'token', creator: 'creator', symbol: 'symbol' },
  //         },
  //       ],
  //     },
  //   ],
  // },
]

export default ownSources
