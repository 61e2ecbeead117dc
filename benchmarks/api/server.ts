import 'reflect-metadata'
import { createIgnitor } from '../../bin/ignitor.js'

// The real web application, with one route more: what the framework itself costs.
await createIgnitor()
  .tap((app) => {
    app.starting(async () => {
      const router = await app.container.make('router')
      router.get('/empty', () => ({}))
    })
  })
  .httpServer()
  .start()
