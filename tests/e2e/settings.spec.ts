import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { freePort } from '#demo/processes/ports'
import { RunningProcess } from '#tests/support/processes'
import { ACE, SERVER } from '#tests/support/programs'

/** Stands for a key or a password inside of a value; nothing may ever print it. */
const MARKER = 'hunter2key'

/** Mistakes that people make with values that hold a secret. */
const MISTYPED = [
  MARKER,
  `https//bsc.example.com/v1/${MARKER}`,
  `postgres://regou:1234#${MARKER}@db.example.com/regou`,
  `https://user:${MARKER}%@example.com:port/${MARKER},${MARKER}`,
]

/** Settings that take any text, so that only their use can fail: with what, and in which program. */
const FREE_TEXT: Record<string, { program: string[]; env?: NodeJS.ProcessEnv; says?: RegExp }> = {
  'HOST': { program: SERVER, says: /^HOST is no address of this machine/m },
  'APP_KEY': { program: [...ACE, 'webhook:list'], env: { APP_KEY: MARKER }, says: /^- APP_KEY /m },
  'DATABASE_PATH': {
    program: [...ACE, 'webhook:list'],
    env: { DATABASE_PATH: `./package.json/${MARKER}/a.sqlite` },
    says: /^The folder of DATABASE_PATH cannot be made \((ENOTDIR|EEXIST)\)/,
  },
  'DATABASE_URL': {
    program: [...ACE, 'webhook:list'],
    env: { DB_CONNECTION: 'pg', DATABASE_URL: `postgres://u:${MARKER}@127.0.0.1:1/${MARKER}` },
    says: /^The database cannot be used: nothing listens .*DATABASE_URL/,
  },
  'DATABASE_URL with a certificate': {
    program: [...ACE, 'webhook:list'],
    env: { DB_CONNECTION: 'pg', DATABASE_URL: `postgres://h/d?sslcert=/nowhere/${MARKER}` },
    says: /^DATABASE_URL cannot be used: .*certificate/,
  },
  'BNB_XPUB': {
    program: [...ACE, 'scan:payments'],
    env: { BSC_RPC_URL: 'http://127.0.0.1:1' },
    says: /BNB_XPUB is no extended public key/,
  },
  'WEBHOOK_SECRET': {
    program: [...ACE, 'send:webhooks'],
    env: { WEBHOOK_URLS: 'https://example.com' },
    says: /WEBHOOK_URLS is set, but WEBHOOK_SECRET/,
  },
  'DEMO_MODE': {
    program: [...ACE, 'webhook:list'],
    env: { DEMO_MODE: 'true', BSC_RPC_URL: `https://${MARKER}.example.com/${MARKER}` },
    says: /DEMO_MODE=true is for a chain on this machine, and BSC_RPC_URL names another machine/,
  },
  'WEBHOOK_URLS with a password': {
    program: [...ACE, 'send:webhooks'],
    env: { WEBHOOK_URLS: `https://user:${MARKER}@example.com/` },
    says: /WEBHOOK_URLS holds a user name or password/,
  },
}

/** Keys that are compared or passed on, and a folder: no text is wrong before it is used. */
const NEVER_WRONG = [
  'INTERNAL_API_KEY',
  'GMGN_API_KEY',
  'PAYMENT_WEBHOOK_SECRET',
  'MORALIS_STREAMS_SECRET',
  'ALCHEMY_SIGNING_KEY',
  'QUICKNODE_SECURITY_TOKEN',
  'WECHAT_MP_APP_ID',
  'WECHAT_MP_TOKEN',
  'SESSION_SECRET',
  'FLAP_API_BASE_URL',
  'FLAP_API_KEY',
  'WECHAT_ALLOWED_HOSTS',
  'WEB_PUSH_HOSTS',
  'TRON_API_KEYS',
  'OKX_API_KEY',
  'OKX_SECRET_KEY',
  'OKX_PASSPHRASE',
  'ORDER_HOOK_SECRET',
  'EVIDENCE_STORAGE_PATH',
  'BACKUP_PATH',
  'BACKUP_SECRET',
]

async function allSettings(): Promise<string[]> {
  const example = await readFile(app.makePath('.env.example'), 'utf8')
  return [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name!)
}

test.group('What only prints words', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  for (const words of [
    ['list', 'webhook'],
    ['webhook:list', '--nope', '--help'],
    ['completion', 'bash'],
  ]) {
    test(`needs no setting, and minds no wrong one: ${words.join(' ')}`, async (ctx) => {
      const names = await allSettings()
      const wrong = Object.fromEntries(names.map((name) => [name, MARKER]))
      const command = new RunningProcess(ctx.test, [...ACE, ...words], wrong)

      ctx.assert.equal(await command.ended, 0, command.output)
      ctx.assert.include(command.stdout.join('\n'), 'webhook:list')
      ctx.assert.isEmpty(command.stderr)
    })
  }

  test('is in colour when FORCE_COLOR asks for it, also in a file', async (ctx) => {
    const env = { FORCE_COLOR: '1', NO_COLOR: undefined }
    const command = new RunningProcess(ctx.test, [...ACE, 'list', 'webhook'], env)

    ctx.assert.equal(await command.ended, 0, command.output)
    ctx.assert.include(command.output, '\u001b[')
  })
})

test.group('Settings that are refused', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  for (const value of MISTYPED) {
    test(`are named without a word of their value: ${value.replaceAll(MARKER, '…')}`, async (ctx) => {
      const names = await allSettings()
      const wrong = Object.fromEntries(names.map((name) => [name, value]))
      const command = new RunningProcess(ctx.test, [...ACE, 'webhook:list'], wrong)

      ctx.assert.equal(await command.ended, 1)
      ctx.assert.notInclude(command.output.toLowerCase(), MARKER)
      ctx.assert.include(command.output, '- BSC_RPC_URL should be URLs')
      ctx.assert.match(command.output, /Example: BSC_RPC_URL=https:\/\/bsc\.example\.com/)
      if (value === MARKER) {
        const byRule = [...command.output.matchAll(/^- ([A-Z0-9_]+) /gm)].map(([, name]) => name!)
        const known = [...byRule, ...Object.keys(FREE_TEXT), ...NEVER_WRONG]
        const unexplained = names.filter((name) => !known.includes(name))
        ctx.assert.isEmpty(unexplained, 'refused by a rule, when it is used, or never wrong')
      }
    })
  }

  for (const [name, { program, env, says }] of Object.entries(FREE_TEXT)) {
    test(`when they are used do not show their value either: ${name}`, async (ctx) => {
      const settings = env?.[name] ? env : { [name]: MARKER, ...env }
      const port = String(await freePort())
      const started = new RunningProcess(ctx.test, program, { PORT: port, ...settings })

      ctx.assert.equal(await started.ended, 1, started.output)
      ctx.assert.notInclude(started.output.toLowerCase(), MARKER)
      ctx.assert.match(started.output, says!)
    })
  }
})
