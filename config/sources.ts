import env from '#start/env'
import { declareSource, withDeclared, type SourceDeclaration } from '#sources/declare_source'
import { relocated, type Source } from '#sources/define_source'
import { FLAP_PORTAL, flap } from '#sources/flap'
import { sources } from '#sources/registry'

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

/** The Flap Portal is where the environment says it is. */
const portal = env.get('FLAP_PORTAL_ADDRESS')
const registry = sources.map((source) =>
  source === flap && portal ? relocated(flap, FLAP_PORTAL, portal) : source
)

const activeSources: readonly Source[] = withDeclared(registry, ownSources.map(declareSource))

export default activeSources
