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
const { explainAndExit, explainWhatIsUncaught } = await import('./explain.js')
const { explainUnusableHost } = await import('#foundation/cli/unusable_host')
const { createHttpServer } = await import('#http/server/http_server')

explainWhatIsUncaught()
createIgnitor()
  .httpServer()
  .start(createHttpServer)
  .catch((error) => explainAndExit(explainUnusableHost(error)))
