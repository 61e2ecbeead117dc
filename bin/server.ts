/*
|--------------------------------------------------------------------------
| HTTP server entry point
|--------------------------------------------------------------------------
|
| Starts the web application. Run it with "node ace serve --hmr" while
| developing; PM2 starts the compiled file in production.
|
*/

await import('reflect-metadata')
const { createIgnitor, explainAndExit } = await import('./ignitor.js')

createIgnitor().httpServer().start().catch(explainAndExit)
