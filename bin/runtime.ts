// The first import of every program: nothing before it needs more than the oldest Node.js.
import module from 'node:module'
import { fileURLToPath } from 'node:url'

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Regou runs on Node.js 24, and this is ${process.versions.node}: start it with node_modules/.bin/node instead.`
  )
  process.exit(1)
}

// `APP_KEY=` in the .env of Compose is an empty text, which would hide the key that bin/container.js keeps.
if (!process.env.APP_KEY) delete process.env.APP_KEY

// What V8 has compiled is kept for the next process, so that a command starts in half the time. It
// is of no use for the TypeScript sources, which are translated anew each time.
if (import.meta.filename.endsWith('.js')) {
  module.enableCompileCache(fileURLToPath(new URL('../tmp/compile-cache', import.meta.url)))
}
