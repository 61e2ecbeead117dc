import demoConfig from '#config/demo'
import env from '#start/env'

/** Where BNB is received, and how often balances are checked. Times in milliseconds. */
const billingConfig = {
  chainId: env.get('CHAIN_ID'),
  endpoints: env.get('BSC_RPC_URL') ?? [],
  /** Every user gets an address of this key … */
  xpub: env.get('BNB_XPUB'),
  /** … or, without it, all pay to this wallet. */
  collectWallet: env.get('BNB_COLLECT_WALLET'),
  /** How often an active address is polled, and all others are. */
  activeMs: demoConfig.isOn ? 500 : 5_000,
  fullScanMs: env.get('PAYMENTS_INTERVAL'),
  chunk: env.get('PAYMENTS_CHUNK'),
  requestsPerSecond: env.get('PAYMENTS_REQUESTS_PER_SECOND'),
  /** What proves that a provider has told of a transfer (POST /webhook/bnb-transfer). */
  hintSecrets: {
    moralis: env.get('MORALIS_STREAMS_SECRET'),
    alchemy: env.get('ALCHEMY_SIGNING_KEY'),
    quicknode: env.get('QUICKNODE_SECURITY_TOKEN'),
    bearer: env.get('PAYMENT_WEBHOOK_SECRET'),
  },
}

export default billingConfig
