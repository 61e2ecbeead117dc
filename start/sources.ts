/*
|--------------------------------------------------------------------------
| Sources
|--------------------------------------------------------------------------
|
| The venues that Regou knows, where the environment says they are, and those
| of "config/sources.ts". Not part of the configuration, which every command
| loads: most of them read no logs.
|
*/

import ownSources from '#config/sources'
import { declareSource, withDeclared } from '#sources/declare_source'
import { relocated, type Source } from '#sources/define_source'
import { FLAP_PORTAL, flap } from '#sources/flap'
import { sources } from '#sources/venues'
import env from '#start/env'

/** The Flap Portal is where the environment says it is. */
const portal = env.get('FLAP_PORTAL_ADDRESS')
const registry = sources.map((source) =>
  source === flap && portal ? relocated(flap, FLAP_PORTAL, portal) : source
)

const activeSources: readonly Source[] = withDeclared(registry, ownSources.map(declareSource))

export default activeSources
