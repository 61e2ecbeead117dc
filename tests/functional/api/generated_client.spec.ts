import { execFile } from 'node:child_process'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import openapiTypes, { astToString } from 'openapi-typescript'
import { authorized } from '#tests/support/api_token'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'

const run = promisify(execFile)

const TSC = 'node_modules/typescript-native/bin/tsc'

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    target: 'es2023',
    module: 'nodenext',
    allowImportingTsExtensions: true,
    types: ['node'],
  },
}

/** What must not compile. */
const MISUSE = `
import createClient from 'openapi-fetch'
import type { paths } from './api.d.ts'
const api = createClient<paths>()
// @ts-expect-error there is no such path
await api.GET('/api/v1/nothing')
// @ts-expect-error there is no such parameter
await api.GET('/api/v1/launches', { params: { query: { colour: 'red' } } })
// @ts-expect-error the url is missing
const made = await api.POST('/api/v1/webhook/endpoints', { body: { event_types: [] } })
// @ts-expect-error what was refused has no data
if (made.error) made.error.data
// @ts-expect-error an endpoint has no such field
if (made.data) made.data.data.colour
`

async function document() {
  const response = await fetch(appUrl('/api/openapi.json'))
  return response.text()
}

test.group('A client from the description of the API', (group) => {
  group.tap((each) => each.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('nothing in the description is against the recommended rules of Redocly', async ({
    assert,
  }) => {
    const config = await createConfig({ extends: ['recommended'] })
    const found = await lintFromString({
      source: await document(),
      absoluteRef: 'openapi.json',
      config,
    })
    assert.deepEqual(
      found.map(({ ruleId, message, location: [place] }) => [ruleId, message, place?.pointer]),
      []
    )
  })

  test('compiles, knows what is not there, and calls the application', async ({
    assert,
    cleanup,
  }) => {
    const folder = app.makePath(`tmp/client-${process.pid}`)
    cleanup(() => rm(folder, { recursive: true }))
    await mkdir(folder, { recursive: true })
    await copyFile(app.makePath('examples/client/client.mts'), `${folder}/client.mts`)
    const types = await openapiTypes(await document())
    await writeFile(`${folder}/api.d.ts`, astToString(types))
    await writeFile(`${folder}/misuse.mts`, MISUSE)
    await writeFile(`${folder}/tsconfig.json`, JSON.stringify(TSCONFIG))

    await run(process.execPath, [TSC, '--project', folder])

    await storeLaunch({ token_address: `0x${'ab'.repeat(20)}` })
    const { authorization } = await authorized()
    const env = { ...process.env, API_URL: appUrl(''), API_TOKEN: authorization!.slice(7) }
    const call = async (receiver: string) => {
      const { stdout } = await run(process.execPath, [`${folder}/client.mts`, receiver], { env })
      return stdout.trim().split('\n')
    }
    const [newest, endpoint, deleted] = await call('https://93.184.216.34/hooks')
    assert.equal(newest, `newest launch: 0x${'ab'.repeat(20)}`)
    assert.match(endpoint!, /^endpoint \d+ signs with whsec_…$/)
    assert.equal(deleted, 'deleted: 204')
    const [, refused] = await call('ftp://93.184.216.34/hooks')
    assert.equal(refused, 'refused: 422 invalid_parameter url')
  }).timeout(60_000)
})
