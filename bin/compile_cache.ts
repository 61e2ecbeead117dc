import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// What V8 has compiled is kept for the next process, so that a command starts in half the time. It
// is of no use for the TypeScript sources, which are translated anew each time.
if (import.meta.filename.endsWith('.js')) {
  enableCompileCache(fileURLToPath(new URL('../tmp/compile-cache', import.meta.url)))
}
