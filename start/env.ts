/*
|--------------------------------------------------------------------------
| Environment variables
|--------------------------------------------------------------------------
|
| Every variable is validated before anything starts. ".env.example"
| explains each of them.
|
*/

import { Env } from '@adonisjs/core/env'
import {
  hostList,
  networkList,
  oneUrl,
  redisUrl,
  secureUrl,
  siteOrigin,
  urlList,
} from '#foundation/env_hosts'
import {
  address,
  addressList,
  bnb,
  contact,
  duration,
  durationList,
  encodingAesKey,
  existingFile,
  filePath,
  flag,
  hexBytes,
  oneNamed,
  oneOf,
  optional,
  rate,
  seconds,
  text,
  textList,
  wholeNumber,
  withDefault,
} from '#foundation/env_rules'
import { appKey, botToken, secretText, webPushKey } from '#foundation/env_secrets'
import { tronNetwork } from '#sources/tron/networks'

const GMGN_URL = 'https://openapi.gmgn.ai'
const ILINK_URL = 'https://ilinkai.weixin.qq.com'
const TELEGRAM_URL = 'https://api.telegram.org'

export default await Env.create(new URL('../', import.meta.url), {
  /* Web application */
  NODE_ENV: withDefault(oneOf('development', 'production', 'test'), 'development'),
  HOST: withDefault(text('a host name or address', '0.0.0.0'), '0.0.0.0'),
  PORT: withDefault(wholeNumber(0, 65_535, 3333), 3333),
  APP_KEY: appKey,
  LOG_LEVEL: withDefault(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info'
  ),
  LOG_FORMAT: optional(oneOf('pretty', 'json')),
  API_RATE_LIMIT: withDefault(wholeNumber(1, 1_000_000, 1200), 1200),
  APP_URL: optional(siteOrigin),
  TRUSTED_PROXIES: withDefault(networkList, ['127.0.0.0/8', '::1/128']),
  INTERNAL_API_KEY: optional(secretText('a long random text')),

  /* Accounts */
  OPERATOR_WALLETS: withDefault(addressList, []),
  ACCOUNT_ENDPOINTS: withDefault(wholeNumber(1, 10_000, 20), 20),
  ACCOUNT_TOKENS: withDefault(wholeNumber(1, 10_000, 20), 20),
  ACCOUNT_REPLAYS: withDefault(wholeNumber(1, 10_000, 20), 20),
  NEW_ADDRESSES_PER_HOUR: withDefault(wholeNumber(1, 100_000, 60), 60),

  /* Database */
  DB_CONNECTION: withDefault(oneOf('sqlite', 'pg'), 'sqlite'),
  DATABASE_PATH: withDefault(filePath('./data/app.sqlite'), './data/app.sqlite'),
  DATABASE_URL: optional(
    oneUrl(['postgres', 'postgresql'], 'postgres://regou:secret@127.0.0.1:5432/regou')
  ),
  DATABASE_DIRECT_URL: optional(
    oneUrl(['postgres', 'postgresql'], 'postgres://regou:secret@127.0.0.1:5432/regou')
  ),
  REDIS_URL: optional(redisUrl),
  DATABASE_STATEMENT_TIMEOUT: withDefault(duration('10s'), 10_000),

  /* Chain */
  CHAIN_ID: withDefault(wholeNumber(1, 2 ** 31, 56), 56),
  BSC_RPC_URL: optional(
    urlList(['http', 'https', 'ws', 'wss'], 'https://bsc.example.com/v1/your-key')
  ),
  FLAP_PORTAL_ADDRESS: optional(address),
  SCAN_CONFIRM: withDefault(oneOf('finalized', 'latest'), 'finalized'),
  COLLECTOR_FROM_BLOCK: optional(wholeNumber(0, 2 ** 50, 35_000_000)),
  COLLECTOR_BATCH_SIZE: withDefault(wholeNumber(1, 100_000, 2000), 2000),
  COLLECTOR_INTERVAL_MS: optional(wholeNumber(50, 3_600_000, 450)),
  SCAN_RETRACT_LIMIT: withDefault(wholeNumber(0, 100, 1), 1),
  SCAN_FOLLOW_POOLS: withDefault(wholeNumber(0, 500, 200), 200),
  BNB_PRICE_PAIR: optional(address),
  USD_CNY_RATE: optional(rate('7.1')),
  CARD_FONT: optional(existingFile('/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc')),
  RETAIN_TRADES: withDefault(duration('7d'), 7 * 86_400_000),
  RETAIN_UNTRADED_TOKENS: withDefault(duration('90d'), 90 * 86_400_000),
  RETAIN_QUARANTINED_LOGS: withDefault(duration('90d'), 90 * 86_400_000),
  RETAIN_SCAN_RECORDS: withDefault(duration('30d'), 30 * 86_400_000),

  /* GMGN */
  GMGN_API_KEY: optional(text('a key of the GMGN API', 'gmgn_…')),
  GMGN_API_URL: withDefault(oneUrl(['https', 'http'], GMGN_URL), GMGN_URL),
  GMGN_INTERVAL: withDefault(duration('5s'), 5000),

  /* TRON */
  TRON_NETWORK: withDefault(
    oneNamed(tronNetwork, 'mainnet, nile, shasta or the id of a genesis block', 'mainnet'),
    tronNetwork('mainnet')!
  ),
  TRON_URLS: optional(urlList(['https', 'http'], 'https://api.trongrid.io')),
  TRON_API_KEYS: optional(textList('keys of TronGrid separated by commas', 'key-1,key-2')),
  TRON_GRPC_URLS: optional(urlList(['https', 'http'], 'http://grpc.trongrid.io:50051')),
  TRON_GRID_URL: optional(oneUrl(['https', 'http'], 'https://api.trongrid.io')),
  TRON_FROM_BLOCK: optional(wholeNumber(1, 2 ** 50, 79_000_000)),
  TRON_WATCH: withDefault(oneOf('accounts', 'all'), 'accounts'),
  TRON_SIGNERS: withDefault(oneOf('accounts', 'all'), 'accounts'),
  TRON_PROVISIONAL: withDefault(flag, false),

  /* OKX */
  OKX_REST_URL: optional(secureUrl(['https', 'http'], 'https://www.okx.com')),
  OKX_WS_URL: optional(secureUrl(['wss', 'ws'], 'wss://ws.okx.com:8443')),
  OKX_ENABLED: withDefault(flag, false),
  OKX_API_KEY: optional(text('a key of the OKX API', '6d2b79f5-1c1e-4c8a-9d55-0c9a1f6b2e3d')),
  OKX_SECRET_KEY: optional(text('the secret of that key', '0F2E…')),
  OKX_PASSPHRASE: optional(text('the passphrase of that key', 'what was chosen at OKX')),
  OKX_REGION: withDefault(oneOf('global', 'us', 'eea'), 'global'),
  OKX_SANDBOX: withDefault(flag, false),
  LISTENER_BATCH_SIZE: withDefault(wholeNumber(1, 100, 100), 100),
  LISTENER_INTERVAL: withDefault(wholeNumber(1, 3600, 5), 5),
  LISTENER_MAX_RETRY: withDefault(wholeNumber(0, 20, 3), 3),

  /* Orders and verification */
  ORDER_CONFIRMATION_TIMEOUT: withDefault(duration('10m'), 600_000),
  ORDER_FILL_TIMEOUT: withDefault(duration('24h'), 86_400_000),
  ORDER_HOOK_SECRET: optional(secretText('a long random text')),
  VERIFICATION_TIMEOUT: withDefault(seconds('300'), 300_000),
  VERIFICATION_CONCURRENCY: withDefault(wholeNumber(1, 100, 4), 4),
  EVIDENCE_STORAGE_PATH: withDefault(filePath('./data/evidence'), './data/evidence'),
  EVIDENCE_SIGNING_KEY: optional(hexBytes(32)),

  /* Processes */
  ONE_WORKER: withDefault(flag, false),

  /* Backups */
  BACKUP_PATH: withDefault(filePath('./data/backups'), './data/backups'),
  BACKUP_KEEP: withDefault(wholeNumber(1, 1000, 7), 7),
  BACKUP_MAX_AGE: withDefault(duration('26h'), 26 * 3_600_000),
  BACKUP_SECRET: optional(text('a secret', 'a long random text')),

  /* OCR wallet records */
  OCR_CONCURRENCY: withDefault(wholeNumber(1, 1000, 3), 3),
  OCR_QUEUE_LIMIT: withDefault(wholeNumber(1, 1_000_000, 1000), 1000),
  RETAIN_OCR_WALLETS: withDefault(duration('30d'), 30 * 86_400_000),

  /* Payments */
  BNB_XPUB: optional(text('an extended public key', 'xpub6Ce9N…')),
  BNB_COLLECT_WALLET: optional(address),
  PLAN_PRICE_BNB: withDefault(bnb('1'), 10n ** 18n),
  PAYMENT_MINIMUM_BNB: withDefault(bnb('0.001'), 10n ** 15n),
  PAYMENTS_INTERVAL: withDefault(duration('30s'), 30_000),
  PAYMENTS_CHUNK: withDefault(wholeNumber(1, 2000, 200), 200),
  PAYMENTS_REQUESTS_PER_SECOND: withDefault(wholeNumber(1, 1000, 20), 20),
  PAYMENT_WEBHOOK_SECRET: optional(secretText('a long random text')),
  MORALIS_STREAMS_SECRET: optional(text('the secret of Moralis Streams', 'a1b2c3…')),
  ALCHEMY_SIGNING_KEY: optional(text('the signing key of an Alchemy webhook', 'whsec_…')),
  QUICKNODE_SECURITY_TOKEN: optional(text('the security token of a QuickNode stream', 'qnsec_…')),

  /* Demo */
  DEMO_MODE: withDefault(flag, false),

  /* Webhooks */
  WEBHOOK_ENABLED: withDefault(flag, true),
  WEBHOOK_URLS: optional(urlList(['http', 'https'], 'https://example.com/hooks/regou')),
  WEBHOOK_SECRET: optional(secretText('a secret starting with whsec_')),
  WEBHOOK_TIMEOUT: withDefault(duration('10s'), 10_000),
  WEBHOOK_MAX_RETRIES: withDefault(wholeNumber(0, 100, 9), 9),
  WEBHOOK_RETRY_INTERVAL: optional(durationList('5s,5m,30m,2h,5h,10h,14h,20h,24h')),
  WEBHOOK_EXPIRING_RETRY: withDefault(duration('1s'), 1000),
  WEBHOOK_DATA_EXPIRY: optional(duration('5m')),
  WEBHOOK_DISABLE_AFTER: withDefault(duration('5d'), 5 * 86_400_000),
  WEBHOOK_RETENTION: withDefault(duration('7d'), 7 * 86_400_000),
  WEBHOOK_RETENTION_FAILED: withDefault(duration('30d'), 30 * 86_400_000),
  WEBHOOK_CONCURRENCY: withDefault(wholeNumber(1, 1000, 16), 16),
  WEBHOOK_BATCH_SIZE: optional(wholeNumber(1, 100, 1)),
  NOTIFICATION_BATCH_SIZE: withDefault(wholeNumber(1, 100, 50), 1),
  WEBHOOK_INTERVAL: withDefault(duration('1s'), 1000),
  WEBHOOK_ALLOWED_NETWORKS: withDefault(networkList, []),

  /* WeChat */
  WECHAT_ENABLED: withDefault(flag, false),
  WECHAT_ILINK_URL: withDefault(oneUrl(['https', 'http'], ILINK_URL), ILINK_URL),
  WECHAT_ALLOWED_HOSTS: withDefault(hostList, []),
  WECHAT_MP_APP_ID: optional(text('the AppID of an official account', 'wx1234567890abcdef')),
  WECHAT_MP_TOKEN: optional(text('the Token of its server configuration', 'a random text')),
  WECHAT_MP_AES_KEY: optional(encodingAesKey),

  /* Telegram */
  TELEGRAM_BOT_TOKEN: optional(botToken),
  TELEGRAM_API_URL: withDefault(oneUrl(['https', 'http'], TELEGRAM_URL), TELEGRAM_URL),

  /* Web Push */
  WEB_PUSH_KEY: optional(webPushKey),
  WEB_PUSH_SUBJECT: optional(contact),
  WEB_PUSH_HOSTS: withDefault(hostList, []),

  /* Named by the original specification: read or warned about in start/former_names.ts */
  SERVER_PORT: optional(wholeNumber(0, 65_535, 3333)),
  SESSION_SECRET: optional(text('a secret', 'a long random text')),
  FLAP_API_BASE_URL: optional(text('a URL', 'https://api.flashrot.com')),
  FLAP_API_KEY: optional(text('a key', 'abc')),
})
