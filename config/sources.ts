import env from '#start/env'
import { relocated, type Source } from '#sources/define_source'
import { FLAP_PORTAL, flap } from '#sources/flap'
import { sources } from '#sources/registry'

/**
 * The venues this installation reads: the registry, with the Flap Portal where the environment
 * says it is.
 */
const portal = env.get('FLAP_PORTAL_ADDRESS')

const activeSources: readonly Source[] = sources.map((source) =>
  source === flap && portal ? relocated(flap, FLAP_PORTAL, portal) : source
)

export default activeSources
