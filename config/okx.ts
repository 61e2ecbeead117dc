import env from '#start/env'

/** Where OKX is reached, if not at its own hosts. */
const okxConfig = {
  hosts: { restUrl: env.get('OKX_REST_URL'), wsUrl: env.get('OKX_WS_URL') },
}

export default okxConfig
