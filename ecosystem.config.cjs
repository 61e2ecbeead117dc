const setting = require('./bin/setting.cjs')

/** PM2 keeps the folder that a process was first started in: a deploy names its link to the release. */
const folder = process.env.RELEASE_LINK ?? __dirname

/**
 * Regou in production, for pm2-runtime (`npm start`) or for a PM2 that runs already
 * (`pm2 start ecosystem.config.cjs`). The compiled application in build/ runs on the project's
 * own Node.js; settings come from .env beside this file, and relative paths count from here.
 */
const regou = {
  cwd: folder,
  interpreter: './node_modules/.bin/node',
  exec_mode: 'fork',
  env: { NODE_ENV: 'production', ENV_PATH: process.env.ENV_PATH ?? folder },
  // Longer than a process takes to finish what is in hand (bin/ignitor.ts).
  kill_timeout: 20_000,
  exp_backoff_restart_delay: 200,
  // Node.js collects in time instead of growing until PM2 restarts it.
  node_args: '--max-old-space-size=256 --max-semi-space-size=16',
  max_memory_restart: '512M',
}

/** GMGN is polled where there is a key for it. */
const gmgn = setting('GMGN_API_KEY')
  ? [{ ...regou, name: 'regou-gmgn', script: 'build/ace.js', args: ['scan:gmgn'] }]
  : []

/** TRON is read where there are nodes to ask. */
const tron = setting('TRON_URLS')
  ? [{ ...regou, name: 'regou-tron', script: 'build/ace.js', args: ['scan:tron'] }]
  : []

/** Accounts at OKX are listened to, and their orders followed and verified, where that is wanted. */
const okx =
  ['true', '1'].includes(setting('OKX_ENABLED')?.toLowerCase()) || setting('OKX_API_KEY')
    ? [
        { ...regou, name: 'regou-okx', script: 'build/ace.js', args: ['scan:okx'] },
        { ...regou, name: 'regou-orders', script: 'build/ace.js', args: ['monitor:orders'] },
        { ...regou, name: 'regou-verification', script: 'build/ace.js', args: ['verify:orders'] },
      ]
    : []

/** Payments are watched where there is somewhere to receive them. */
const payments =
  setting('BNB_XPUB') || setting('BNB_COLLECT_WALLET')
    ? [{ ...regou, name: 'regou-payments', script: 'build/ace.js', args: ['scan:payments'] }]
    : []

/** Users' WeChat is polled where they may bind it. */
const wechat = ['true', '1'].includes(setting('WECHAT_ENABLED'))
  ? [{ ...regou, name: 'regou-wechat', script: 'build/ace.js', args: ['send:wechat'] }]
  : []

/** Telegram is polled where there is a bot. */
const telegram = setting('TELEGRAM_BOT_TOKEN')
  ? [{ ...regou, name: 'regou-telegram', script: 'build/ace.js', args: ['send:telegram'] }]
  : []

/** Browsers are told where there is a key that they can subscribe with. */
const browsers = setting('WEB_PUSH_KEY')
  ? [{ ...regou, name: 'regou-browsers', script: 'build/ace.js', args: ['send:browsers'] }]
  : []

/**
 * In a cluster, so that `pm2 reload` lets the next one answer before this one stops (docs/adr/0077). It
 * runs on the Node.js of PM2, which `npx` takes from node_modules.
 */
const web = {
  ...regou,
  name: 'regou-web',
  script: 'build/bin/server.js',
  exec_mode: 'cluster',
  instances: 1,
  // Nothing of PM2's own is put into the process.
  pmx: false,
  wait_ready: true,
  // PM2 stops the one that answers after this time, also where the next one does not answer yet.
  listen_timeout: 60_000,
}

/** Each with a process of its own. */
const workers = [
  {
    ...regou,
    name: 'regou-scanner',
    script: 'build/ace.js',
    args: ['scan:chain'],
    // Far behind the head it holds three answers of some 4 MB: with less room they grow old at once.
    node_args: '--max-old-space-size=256 --max-semi-space-size=32',
  },
  {
    ...regou,
    name: 'regou-sender',
    script: 'build/ace.js',
    args: ['send:webhooks'],
    // What it makes lives for one delivery: most of it is gone before it is looked at, so the rest
    // may double before all of it is, and one thread beside the main one is enough for that.
    node_args: [
      '--max-old-space-size=256',
      '--max-semi-space-size=32',
      '--heap-growing-percent=100',
      '--v8-pool-size=1',
    ].join(' '),
  },
  {
    ...regou,
    name: 'regou-health',
    script: 'build/ace.js',
    args: ['check:push', '--every=1m'],
    // It looks once a minute: room for what is young would stand empty between two looks.
    node_args: '--max-old-space-size=128 --max-semi-space-size=2',
  },
  ...gmgn,
  ...tron,
  ...okx,
  ...payments,
  ...wechat,
  ...telegram,
  ...browsers,
]

/** All of them in one process, for a machine with little memory. */
const oneWorker = {
  ...regou,
  name: 'regou-work',
  script: 'build/ace.js',
  args: ['work', `--only=${workers.map(({ args }) => args[0]).join(',')}`],
  node_args: '--max-old-space-size=384 --max-semi-space-size=16',
}

const isOne = ['true', '1'].includes(setting('ONE_WORKER'))

module.exports = { apps: isOne ? [web, oneWorker] : [web, ...workers] }
