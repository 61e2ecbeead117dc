import { assert } from '@japa/assert'
import { apiClient, ApiClient } from '@japa/api-client'
import type {} from '@japa/browser-client'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import testUtils from '@adonisjs/core/services/test_utils'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import type { Config, PluginFn } from '@japa/runner/types'
import { capturedLog } from '#tests/support/captured_log'
import { createHttpServer } from '#http/server/http_server'
import { assertDescribed } from '#tests/support/described_answers'
import { dropTables, makeTables } from '#tests/support/migrated_database'
import { isOnPostgres } from '#tests/support/postgres_proxy'

export const plugins: Config['plugins'] = [
  capturedLog,
  assert(),
  pluginAdonisJS(app),
  apiClient(),
  browsers,
]

/** Whatever the API answers in any test has to be what its description says. */
ApiClient.teardown(assertDescribed)

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [doNotWaitForTheDisk],
  teardown: [() => dropTables()],
}

/** Unit tests need no database. Suites that speak HTTP to the application start its server. */
export const configureSuite: Config['configureSuite'] = (suite) => {
  if (suite.name === 'unit') return
  suite.setup(() => makeTables())
  if (['functional', 'browser'].includes(suite.name)) {
    suite.setup(() => testUtils.httpServer().start(createHttpServer))
  }
}

/** Playwright takes a while to import, which the other suites do without. */
async function browsers(japa: Parameters<PluginFn>[0]) {
  const asked = japa.cliArgs._ ?? []
  if (asked.length > 0 && !asked.includes('browser')) return
  const [{ browserClient }, { launchChromium }] = await Promise.all([
    import('@japa/browser-client'),
    import('#tests/support/chromium'),
  ])
  await browserClient({ runInSuites: ['browser'], launcher: () => launchChromium() })(japa)
}

/** What tests store need not outlive a power cut; PostgreSQL is started without fsync as well. */
async function doNotWaitForTheDisk() {
  if (!isOnPostgres) await db.rawQuery('pragma synchronous = off')
}
