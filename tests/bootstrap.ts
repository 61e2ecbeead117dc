import { assert } from '@japa/assert'
import { apiClient, ApiClient } from '@japa/api-client'
import { browserClient } from '@japa/browser-client'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import testUtils from '@adonisjs/core/services/test_utils'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import type { Config } from '@japa/runner/types'
import { capturedLog } from '#tests/support/captured_log'
import { launchChromium } from '#tests/support/chromium'
import { createHttpServer } from '#http/server/http_server'
import { assertDescribed } from '#tests/support/described_answers'
import { isOnPostgres } from '#tests/support/postgres_proxy'

export const plugins: Config['plugins'] = [
  capturedLog,
  assert(),
  pluginAdonisJS(app),
  apiClient(),
  browserClient({ runInSuites: ['browser'], launcher: () => launchChromium() }),
]

/** Whatever the API answers in any test has to be what its description says. */
ApiClient.teardown(assertDescribed)

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [doNotWaitForTheDisk, () => testUtils.db().migrate()],
  teardown: [],
}

/** Suites that speak HTTP to the application start its server. */
export const configureSuite: Config['configureSuite'] = (suite) => {
  if (['functional', 'browser'].includes(suite.name)) {
    return suite.setup(() => testUtils.httpServer().start(createHttpServer))
  }
}

/** What tests store need not outlive a power cut; PostgreSQL is started without fsync as well. */
async function doNotWaitForTheDisk() {
  if (!isOnPostgres) await db.rawQuery('pragma synchronous = off')
}
