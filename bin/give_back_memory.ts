import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What is made on starting is done with by then, in milliseconds. */
const AFTER_MS = 60_000

/**
 * Collects once what starting has left: some 50 MB of each process. V8 would keep them for as long as
 * little happens, which on a quiet installation is for ever.
 */
export function giveBackMemory() {
  setTimeout(() => {
    setFlagsFromString('--expose-gc')
    runInNewContext('gc')()
    setFlagsFromString('--no-expose-gc')
  }, AFTER_MS).unref()
}
