// A receiver of Regou's webhooks: verifies each request, stores each event once, answers, and works afterwards.
//   WEBHOOK_SECRET=whsec_… PORT=8080 INBOX=./inbox node receiver.js
import { createServer } from 'node:http'
import { readBody } from './body.js'
import { Inbox } from './inbox.js'
import { verify } from './verify.js'
import { work } from './work.js'

/** How long a request may take to arrive, in milliseconds. */
const REQUEST_WITHIN_MS = 30_000

const inbox = new Inbox(process.env.INBOX)

const server = createServer({ requestTimeout: REQUEST_WITHIN_MS }, async (request, response) => {
  const answer = (status, text = '') => response.writeHead(status).end(text)
  if (request.method !== 'POST') return answer(405, 'Webhooks come by POST.\n')

  const body = await readBody(request)
  if (body === null) return answer(413, 'The body is larger than that of any webhook.\n')
  let message
  try {
    message = verify(body, request.headers)
  } catch (error) {
    return answer(error instanceof SyntaxError ? 400 : 401, `${error.message}\n`)
  }
  try {
    const events = message.events ?? [{ id: request.headers['webhook-id'], ...message }]
    const fresh = events.filter(isNew)
    answer(204)
    fresh.forEach((event) => setImmediate(finish, event))
  } catch (error) {
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

server.listen(process.env.PORT ?? 8080, () => {
  console.log(`Waiting for webhooks on http://127.0.0.1:${server.address().port}`)
  inbox.left().forEach(finish)
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => server.close(() => process.exit(0)).closeAllConnections())
}
