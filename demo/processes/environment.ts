import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { HDKey } from 'viem/accounts'
import { execFile } from 'node:child_process'
import { say } from '#demo/processes/output'
import type { OkxPlace } from '#demo/okx/local_okx'
import type { VenueKey } from '#demo/okx/venue_account'
import type { TronNodePlace } from '#demo/tron/play_tron'

export interface DemoSettings {
  /** The root of the project. */
  root: string
  chainUrl: string
  /** Where the web application listens. */
  port: number
  receiverPort: number
  /** The play server of WeChat. Not set: WeChat is off. */
  ilinkUrl?: string
  /** The play server of Telegram, and its bot. */
  telegram?: { url: string; token: string }
  /** The node of the local TRON network. Not set: TRON is not read. */
  tron?: TronNodePlace
  /** The exchange, and the operator's key there. Not set: OKX is not listened to. */
  okx?: OkxPlace & { key: VenueKey }
}

export interface DemoEnvironment {
  /** What the demo's processes are started with. */
  variables: NodeJS.ProcessEnv
  databasePath: string
  receiverPort: number
  webhookSecret: string
}

/**
 * An environment of the demo's own, in `tmp/demo/<port>`, with an empty database. The operator's real
 * settings, in `.env` or in the shell, must not reach the demo's processes: they could point it
 * at a real chain or at a real database.
 */
export function createEnvironment(settings: DemoSettings): DemoEnvironment {
  const folder = join(settings.root, 'tmp/demo', String(settings.port))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })

  const databasePath = join(folder, 'regou.sqlite')
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`
  const values: Record<string, string | number> = {
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: settings.port,
    APP_KEY: randomBytes(32).toString('base64url'),
    LOG_LEVEL: 'info',
    DB_CONNECTION: 'sqlite',
    DATABASE_PATH: databasePath,
    CHAIN_ID: 56,
    BSC_RPC_URL: settings.chainUrl,
    SCAN_CONFIRM: 'finalized',
    COLLECTOR_FROM_BLOCK: 1,
    BNB_XPUB: throwawayXpub(),
    DEMO_MODE: 'true',
    ...(settings.ilinkUrl && wechatValues(settings.ilinkUrl)),
    ...(settings.telegram && telegramValues(settings.telegram)),
    ...(settings.tron && tronValues(settings.tron)),
    ...(settings.okx && okxValues(settings.okx, folder)),
    WEBHOOK_URLS: `http://127.0.0.1:${settings.receiverPort}/webhooks`,
    WEBHOOK_SECRET: webhookSecret,
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    WEBHOOK_RETRY_INTERVAL: '1s',
  }
  const file = Object.entries(values).map(([key, value]) => `${key}=${quoted(String(value))}\n`)
  writeFileSync(join(folder, '.env'), file.join(''), { mode: 0o600 })

  const variables = { ...process.env, ENV_PATH: folder, NODE_ENV: 'production' }
  for (const key of operatorsKeys(settings.root)) {
    delete (variables as NodeJS.ProcessEnv)[key]
  }
  return { variables, databasePath, receiverPort: settings.receiverPort, webhookSecret }
}

/** As it is read again: the path of a folder may hold `#`, `$`, spaces and quotes. */
function quoted(value: string): string {
  const quote = [`'`, `"`, '`'].find((mark) => !value.includes(mark)) ?? ''
  return quote + value.replaceAll('$', String.raw`\$`) + quote
}

function wechatValues(ilinkUrl: string) {
  return {
    WECHAT_ENABLED: 'true',
    WECHAT_ILINK_URL: ilinkUrl,
    WECHAT_ALLOWED_HOSTS: '127.0.0.1',
  }
}

function telegramValues({ url, token }: { url: string; token: string }) {
  return { TELEGRAM_API_URL: url, TELEGRAM_BOT_TOKEN: token }
}

function tronValues({ url, grpcUrl, genesisId }: TronNodePlace) {
  return {
    TRON_NETWORK: genesisId,
    TRON_URLS: url,
    TRON_GRPC_URLS: grpcUrl,
    TRON_GRID_URL: url,
    TRON_FROM_BLOCK: 1,
    TRON_WATCH: 'all',
  }
}

function okxValues({ restUrl, wsUrl, key }: OkxPlace & { key: VenueKey }, folder: string) {
  return {
    OKX_REST_URL: restUrl,
    OKX_WS_URL: wsUrl,
    OKX_API_KEY: key.apiKey,
    OKX_SECRET_KEY: key.secret,
    OKX_PASSPHRASE: key.passphrase,
    EVIDENCE_STORAGE_PATH: join(folder, 'evidence'),
  }
}

/** Every variable that the application knows, or that the operator's `.env` sets. */
function operatorsKeys(root: string): string[] {
  const example = readFileSync(join(root, '.env.example'), 'utf8')
  const known = [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, key]) => key!)
  const env = join(root, '.env')
  const own = existsSync(env) ? Object.keys(parseEnv(readFileSync(env, 'utf8'))) : []

  return [...new Set([...known, ...own])].filter((key) => key !== 'NODE_ENV' && key !== 'ENV_PATH')
}

/** The extended public key of a wallet that cannot be spent from: its seed is forgotten at once. */
export function throwawayXpub(): string {
  return HDKey.fromMasterSeed(randomBytes(32)).derive(`m/44'/60'/0'`).publicExtendedKey
}

/**
 * Creates the tables of the demo's database.
 *
 * @throws with what the migration printed, when it fails
 */
export async function migrate(root: string, { variables, databasePath }: DemoEnvironment) {
  const args = ['ace.js', 'migration:run', '--force', '--compact-output', '--no-schema-generate']

  await promisify(execFile)(process.execPath, args, { cwd: root, env: variables })
  say('data', `new database ${databasePath}`)
}
