// A receiver of Regou's webhooks: verifies each request, stores each event once, answers, and works afterwards.
//   WEBHOOK_SECRET=whsec_… PORT=8080 INBOX=./inbox node receiver.js
import { createServer } from 'node:http'
import { WebhookVerificationError } from 'standardwebhooks'
import { Inbox } from './inbox.js'
import { verify } from './verify.js'
import { work } from './work.js'

const inbox = new Inbox(process.env.INBOX)

const server = createServer(async (request, response) => {
  const answer = (status, text = '') => response.writeHead(status).end(text)
  if (request.method !== 'POST') return answer(405, 'Webhooks come by POST.\n')

  try {
    const message = verify(await readBody(request), request.headers)
    const events = message.events ?? [{ id: request.headers['webhook-id'], ...message }]
    const fresh = events.filter(isNew)
    answer(204)
    fresh.forEach((event) => setImmediate(finish, event))
  } catch (error) {
    if (error instanceof WebhookVerificationError) return answer(401, `${error.message}\n`)
    console.error(error)
    answer(500, 'The event could not be stored. Send it again.\n')
  }
})

function isNew(event) {
  const added = inbox.add(event)
  if (!added) console.log(`${event.event_type} ${event.id} again, ignored`)
  return added
}

function finish(event) {
  work(event)
  inbox.finish(event)
}

async function readBody(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

server.listen(process.env.PORT ?? 8080, () => {
  console.log(`Waiting for webhooks on http://127.0.0.1:${server.address().port}`)
  inbox.left().forEach(finish)
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => server.close(() => process.exit(0)).closeAllConnections())
}
