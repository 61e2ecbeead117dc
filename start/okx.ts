import okxConfig from '#config/okx'
import { OkxVenues } from '#collectors/okx/okx_venues'
import { systemClock } from '#foundation/clock'

/** OKX where the configuration says it is. */
export function okxVenues(): OkxVenues {
  return new OkxVenues(systemClock, okxConfig.hosts, undefined, okxConfig.reading)
}
