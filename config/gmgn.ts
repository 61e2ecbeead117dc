import env from '#start/env'
import { version } from '#config/app'

/** How GMGN is polled. Without a key it is not. Times are in milliseconds. */
const gmgnConfig = {
  key: env.get('GMGN_API_KEY'),
  url: env.get('GMGN_API_URL'),
  intervalMs: env.get('GMGN_INTERVAL'),
  userAgent: `regou/${version}`,
}

export default gmgnConfig
