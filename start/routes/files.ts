import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'
import { nothingHere } from '#start/routes/nothing_here'

/** What stands in `public/` beside the built assets: icons, what browsers install by, a worker. */
const FILES = [
  ...['favicon.svg', 'favicon.ico', 'apple-touch-icon.png', 'manifest.webmanifest'],
  'push_worker.js',
  ...['icon-192.png', 'icon-512.png', 'icon-maskable-512.png'],
]

/** Files of `public/`; the middleware answers with those that are there. */
export function fileRoutes() {
  router
    .group(() => {
      router.get('/assets/*', nothingHere).as('assets')
      for (const file of FILES) router.get(`/${file}`, nothingHere).as(`file.${file}`)
    })
    .use(middleware.files())
}
