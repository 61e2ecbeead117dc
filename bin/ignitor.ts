import { Ignitor, prettyPrintError } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'

/** The root of the application: file URLs in commands and providers are relative to it. */
const APP_ROOT = new URL('../', import.meta.url)

const IMPORTER = (filePath: string) => {
  if (filePath.startsWith('./') || filePath.startsWith('../')) {
    return import(new URL(filePath, APP_ROOT).href)
  }
  return import(filePath)
}

/** How long a process may take to finish what is in hand before it is ended, in milliseconds. */
const STOP_DEADLINE_MS = 15_000

/**
 * Ends the process in order: terminating hooks (stop taking work, finish what is in hand), then
 * providers. `app.terminate()` alone leaves the process alive while PM2's channel is open.
 */
function stopOnSignals(app: ApplicationService) {
  let isStopping = false

  const stop = () => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref()
    void app.terminate().finally(() => process.exit())
  }

  app.listen('SIGTERM', stop)
  app.listen('SIGINT', stop)
}

export function createIgnitor() {
  return new Ignitor(APP_ROOT, { importer: IMPORTER }).tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    stopOnSignals(app)
  })
}

/** One readable line for faults of the environment, the full report for everything else. */
export async function explainAndExit(error: NodeJS.ErrnoException) {
  process.exitCode = 1

  if (error.code === 'E_INVALID_ENV_VARIABLES') {
    const { help } = error as unknown as { help: string }
    process.stderr.write(`The environment is not usable, so nothing was started:\n${help}\n`)
    return
  }

  if (error.code === 'EADDRINUSE') {
    const { port } = error as unknown as { port: number }
    process.stderr.write(
      `Port ${port} is already in use. Stop what listens there, or choose another: PORT=${port + 1}\n`
    )
    return
  }

  await prettyPrintError(error)
}
