/*
|--------------------------------------------------------------------------
| HTTP server entry point
|--------------------------------------------------------------------------
|
| Starts the web application. Run it with "node ace serve --hmr" while
| developing; PM2 starts the compiled file in production.
|
*/

import './runtime.js'

await import('reflect-metadata')
const { createIgnitor } = await import('./ignitor.js')
const { giveBackMemory } = await import('./give_back_memory.js')
const { explainAndExit, explainWhatIsUncaught } = await import('./explain.js')
const { isExpected } = await import('#foundation/errors')
const { explainUnusableHost } = await import('#foundation/cli/unusable_host')
const { createHttpServer } = await import('#http/server/http_server')

explainWhatIsUncaught()
giveBackMemory()
createIgnitor()
  .tap((app) => {
    app.starting(async () => {
      const { refuseForeignDatabase } = await import('#foundation/db/foreign_database')
      // One that is away is waited for.
      await refuseForeignDatabase().catch((error) => {
        if (isExpected(error)) throw error
      })
    })
  })
  .httpServer()
  .start(createHttpServer)
  .catch((error) => explainAndExit(explainUnusableHost(error)))
