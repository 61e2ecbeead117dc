import env from '#start/env'
import { isDemoMode } from '#demo/demo_mode'

const endpoints = env.get('BSC_RPC_URL') ?? []

/** What is only there in `npm run demo`. */
const demoConfig = {
  isOn: isDemoMode(env.get('DEMO_MODE'), endpoints),
  /** The local chain. */
  chainUrl: endpoints[0] ?? '',
}

export default demoConfig
