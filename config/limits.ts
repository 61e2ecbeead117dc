import env from '#start/env'

/** How much one account may have. The operator's own are not counted. */
const limitsConfig = {
  endpoints: env.get('ACCOUNT_ENDPOINTS'),
  /** Those that are still valid. */
  tokens: env.get('ACCOUNT_TOKENS'),
  /** Those that run. */
  replays: env.get('ACCOUNT_REPLAYS'),
}

export default limitsConfig
