import { test } from '@japa/runner'
import { Logger } from '@adonisjs/core/logger'
import { HttpRequestError } from 'viem'
import loggerConfig from '#config/logger'
import { classifyFailure } from '#foundation/rpc/classify_failure'
import { Endpoint } from '#foundation/rpc/endpoint'
import { hideSecretsOf, redact, visiblePartOf } from '#foundation/text/redact'
import { runCommand } from '#tests/support/console'

/** Stands for a key or a password inside of a value; nothing may ever print it. */
const MARKER = 'hunter2key'

const URLS = [
  `https://bsc.example.com/v1/${MARKER}`,
  `https://bsc.example.com/?apikey=${MARKER}&x=1`,
  `https://${MARKER}@bsc.example.com/`,
  `https://user:${MARKER}@bsc.example.com/rpc`,
  `wss://bsc.example.com/${MARKER}/ws#${MARKER}`,
  `https//bsc.example.com/v1/${MARKER}`,
  `bsc.example.com/v1/${MARKER}`,
  `https://bsc.example.com:port/${MARKER}`,
  `postgres://regou:${MARKER}@db.example.com:5432/regou`,
  `postgres://regou:${MARKER}%@db.example.com/regou`,
]

test.group('Secrets in texts', (group) => {
  const settings = ['BSC_RPC_URL', 'DATABASE_URL', 'GMGN_API_KEY'] as const
  group.each.setup(() => {
    const before = settings.map((name) => process.env[name])
    return () => {
      for (const [index, name] of settings.entries()) process.env[name] = before[index] ?? ''
    }
  })

  for (const url of URLS) {
    const shown = url.replaceAll(MARKER, '…')
    test(`are hidden wherever they stand, and hosts stay: ${shown}`, ({ assert }) => {
      process.env.BSC_RPC_URL = `http://127.0.0.1:8545,${url}`
      const texts = [url, `no answer of ${url}: path /v1/${MARKER}`, `key=${MARKER.toUpperCase()}`]
      for (const text of texts) {
        assert.notInclude(redact(text).toLowerCase(), MARKER)
      }
      assert.equal(redact('db.example.com, bsc.example.com'), 'db.example.com, bsc.example.com')
    })
  }

  test('are hidden in every spelling that a URL has', ({ assert }) => {
    process.env.DATABASE_URL = 'postgres://regou:p%40ss%22word1@127.0.0.1/regou'
    for (const spelling of ['p%40ss%22word1', 'p@ss"word1', '{"password":"p@ss\\"word1"}']) {
      assert.notMatch(redact(spelling), /word1/)
    }
  })

  test('do not take words out of a text that a URL has in its path', ({ assert }) => {
    process.env.BSC_RPC_URL = `https://example.com/webhooks/mainnet/${MARKER}`
    assert.equal(redact('send:webhooks, mainnet, regou'), 'send:webhooks, mainnet, regou')
  })

  test('are hidden in user infos of URLs that no setting has', ({ assert }) => {
    assert.equal(
      redact('refused: https://me:pw@hooks.example.com/x'),
      'refused: https://…@hooks.example.com/x'
    )
  })

  test('are not in the name of a receiver', ({ assert }) => {
    const receiver = `https://me:${MARKER}@hooks.example.com/services/T0/${MARKER}?token=${MARKER}`
    assert.equal(visiblePartOf(receiver), 'hooks.example.com/services/T0/…')
    assert.equal(visiblePartOf('https://example.com/'), 'example.com')
  })

  test('are not in what is kept of a failed call', ({ assert }) => {
    const { url, name } = new Endpoint(`https://rpc.example.com/v2/${MARKER}`)
    const thrown = [
      new HttpRequestError({ url, details: `project ${MARKER} is over its limit` }),
      new TypeError('fetch failed', { cause: new Error(`connect /v2/${MARKER}`) }),
      `bad answer of ${url}`,
    ]
    for (const error of thrown) {
      const { message } = classifyFailure(error, name)
      assert.include(message, 'rpc.example.com')
      assert.notInclude(message, MARKER)
    }
  })

  test('are not in a log, nor in the stacks and causes of its errors', ({ assert }) => {
    hideSecretsOf(`https://log.example.com/${MARKER}`)
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const { hooks } = loggerConfig.loggers.app
    const logger = new Logger({ enabled: true, level: 'info', hooks, destination })
    const cause = new Error(`connect ${MARKER}`)
    const error = new Error(`cannot reach ${MARKER}`, { cause })

    logger.error({ err: error }, `failed: ${error.message}`)
    logger.child({ name: MARKER }).info({ url: `https://log.example.com/${MARKER}` })

    assert.lengthOf(lines, 2)
    assert.include(lines.join(), 'log.example.com')
    assert.notInclude(lines.join(), MARKER)
  })

  test('are not in what a command says of its arguments', async ({ assert }) => {
    process.env.GMGN_API_KEY = MARKER
    const { stderr, stdout } = await runCommand('scan:chain', `--source=${MARKER}`, '--from=1')
    assert.notInclude([...stdout, stderr].join('\n'), MARKER)
  })
})
