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

const portal = env.get('FLAP_PORTAL_ADDRESS')
const declared = ownSources.map(declareSource)

/** @throws InvalidSourceError when a source of the operator has a name that is taken */
export default function activeSources(): Source[] {
  // The Flap Portal is where the environment says it is.
  const registry = sources.map((source) =>
    source === flap && portal ? relocated(flap, FLAP_PORTAL, portal) : source
  )
  return withDeclared(registry, declared)
}

// What is wrong with the operator's sources is told at the start.
activeSources()
