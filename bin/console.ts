/*
|--------------------------------------------------------------------------
| Console entry point
|--------------------------------------------------------------------------
|
| Boots the application to run one Ace command. Long-running commands stop
| on SIGINT and SIGTERM; see bin/ignitor.ts.
|
*/

await import('reflect-metadata')
const { createIgnitor, explainAndExit } = await import('./ignitor.js')

createIgnitor().ace().handle(process.argv.splice(2)).catch(explainAndExit)
