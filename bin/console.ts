/*
|--------------------------------------------------------------------------
| Console entry point
|--------------------------------------------------------------------------
|
| Boots the application to run one Ace command. Long-running commands stop
| on SIGINT and SIGTERM; see bin/ignitor.ts.
|
*/

import './runtime.js'

await import('reflect-metadata')
const { giveBackMemory } = await import('./give_back_memory.js')
const { createIgnitor } = await import('./ignitor.js')
const { explain, explainAndExit, explainWhatIsUncaught } = await import('./explain.js')

explainWhatIsUncaught()
giveBackMemory()
createIgnitor()
  .ace()
  .configure(async (app) => {
    const kernel = await app.container.make('ace')
    // Ace prints its reports of errors on stdout, where a command's data belongs.
    Object.assign(kernel.errorHandler, { prettyPrintError: explain })
    // Ace shows the help, and complains then of flags that are missing.
    kernel.loaded((Command) => {
      if (asksForHelp(process.argv)) Object.assign(Command, { validate: () => {} })
    })
    // Lucid would make its own tables first, and tell what went wrong with a stack.
    kernel.executing(async (command) => {
      if ((command.constructor as { commandName?: string }).commandName === 'migration:run') {
        const { refuseForeignDatabase } = await import('#foundation/db/foreign_database')
        await refuseForeignDatabase()
      }
    })
    // A long-running command that failed leaves its connections open, and with them the process.
    kernel.executed((command) => {
      if (command.error && command.staysAlive) {
        process.exit(1)
      }
    })
  })
  .handle(process.argv.slice(2))
  .catch(explainAndExit)

function asksForHelp(words: string[]): boolean {
  return words.includes('--help') || words.includes('-h')
}
