import { createServer, type ServerResponse } from 'node:http'
import { setInterval } from 'node:timers'
import { launchRow } from '#benchmarks/deliver/launch_row'

// The baseline: Node.js alone, which writes the same text to each reader in one loop and reads nothing.
const [port, everyMs] = process.argv.slice(2).map(Number)
const readers = new Set<ServerResponse>()
let serial = 0

createServer((request, response) => {
  if (request.url === '/cpu') return void response.end(JSON.stringify(process.cpuUsage()))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('retry: 1000\n\n')
  readers.add(response)
  response.once('close', () => readers.delete(response))
}).listen(port, '127.0.0.1')

setInterval(() => {
  const data = JSON.stringify({ ...launchRow(++serial), event_time: Date.now() })
  for (const reader of readers) {
    reader.write(`id: l${serial}\nevent: launch.created\ndata: ${data}\n\n`)
  }
}, everyMs)
