import { createServer } from 'node:http'
import { Pool } from 'undici'

/** The baseline: accepts a record and posts it on, with nothing stored, signed or tried again. */
const [port, receiverPort] = process.argv.slice(2)
const receiver = new Pool(`http://127.0.0.1:${receiverPort}`)

createServer((request, response) => {
  if (request.method !== 'POST') {
    response.end('ready')
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', async () => {
    response.writeHead(202).end()
    const body = JSON.stringify({ data: JSON.parse(Buffer.concat(chunks).toString()) })
    const answer = await receiver.request({ path: '/', method: 'POST', body })
    await answer.body.dump()
  })
}).listen(Number(port), '127.0.0.1')

process.once('SIGTERM', () => process.exit())
