import { Ignitor } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'
import { stopDeadlineMs } from '#foundation/cli/stop_deadline'

/** The root of the application: file URLs in commands and providers are relative to it. */
const APP_ROOT = new URL('../', import.meta.url)

const IMPORTER = (filePath: string) => {
  if (filePath.startsWith('./') || filePath.startsWith('../')) {
    return import(new URL(filePath, APP_ROOT).href)
  }
  return import(filePath)
}

/**
 * Ends the process in order: terminating hooks (stop taking work, finish what is in hand), then
 * providers. `app.terminate()` alone leaves the process alive while PM2's channel is open. The
 * listeners stay until the end: a signal that arrives twice must not cut the first one short.
 */
function stopOnSignals(app: ApplicationService) {
  let isStopping = false

  const stop = () => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), stopDeadlineMs()).unref()
    void app.terminate().finally(() => process.exit())
  }

  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** The application, not started yet. */
export function createIgnitor() {
  return new Ignitor(APP_ROOT, { importer: IMPORTER }).tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    stopOnSignals(app)
  })
}
