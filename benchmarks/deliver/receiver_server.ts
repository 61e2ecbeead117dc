/** A bare receiver in a process of its own. It answers after BENCH_DELAY_MS; below /hang, never. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const delayMs = Number(process.env.BENCH_DELAY_MS)

const server = createServer((request, response) => {
  request.resume()
  if (request.url!.startsWith('/hang')) {
    return
  }
  request.on('end', () => {
    if (delayMs > 0) {
      setTimeout(() => response.writeHead(204).end(), delayMs)
    } else {
      response.writeHead(204).end()
    }
  })
})

server.listen(0, '127.0.0.1', () => {
  process.send!({ port: (server.address() as AddressInfo).port })
})

// Whatever becomes of the benchmark, nothing is left running.
process.once('disconnect', () => process.exit())
