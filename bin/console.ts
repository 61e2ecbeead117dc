/*
|--------------------------------------------------------------------------
| Console entry point
|--------------------------------------------------------------------------
|
| Boots the application to run one Ace command. Long-running commands stop
| on SIGINT and SIGTERM; see bin/ignitor.ts. What only prints words (help, the
| list, a command that there is not) needs no settings and no database.
|
*/

import './runtime.js'

await import('reflect-metadata')
const { giveBackMemory } = await import('./give_back_memory.js')
const { createIgnitor } = await import('./ignitor.js')
const { explainAndExit, explainWhatIsUncaught } = await import('./explain.js')
const { asksForWords, forgetSettings } = await import('./kernel/words_only.js')
const { DESTROY } = await import('./kernel/destructive_commands.js')
const { equipKernel } = await import('./kernel/equip_kernel.js')

const words = process.argv.slice(2)
const isOnlyWords = await asksForWords(words)
if (isOnlyWords) forgetSettings()

explainWhatIsUncaught()
giveBackMemory()
createIgnitor()
  .ace()
  .configure(async (app) => {
    const kernel = await app.container.make('ace')
    equipKernel(kernel, words)
    // Ace would start the application before it prints the help of a command.
    kernel.finding((name) => {
      const options = kernel.getCommand(name)?.options
      if (isOnlyWords && options) options.startApp = false
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
  .handle(words.filter((word) => word !== DESTROY))
  .catch(explainAndExit)
