import 'reflect-metadata'
import { createIgnitor } from '../../bin/ignitor.js'

// The real web application, with two routes more: what the framework itself costs, and what this process
// has used of a processor, in microseconds.
const { createHttpServer } = await import('#http/server/http_server')
await createIgnitor()
  .tap((app) => {
    app.starting(async () => {
      const router = await app.container.make('router')
      router.get('/empty', () => ({}))
      router.get('/cpu', () => process.cpuUsage())
    })
  })
  .httpServer()
  .start(createHttpServer)
