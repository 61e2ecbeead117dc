// A receiver of Regou's webhooks: verifies each request, handles each event once, answers quickly.
//   WEBHOOK_SECRET=whsec_… PORT=8080 node receiver.js
import { createServer } from 'node:http'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'

const webhook = new Webhook(process.env.WEBHOOK_SECRET)
const seen = new Set() // A real receiver remembers ids in its database, with the event's effects.

const server = createServer(async (request, response) => {
  const answer = (status, text = '') => response.writeHead(status).end(text)
  if (request.method !== 'POST') return answer(405, 'Webhooks come by POST.\n')

  try {
    const body = await readBody(request) // The bytes as they came: parsing first breaks the signature.
    const event = webhook.verify(body, request.headers)
    for (const each of event.events ?? [event]) handle(each)
    answer(204)
  } catch (error) {
    if (error instanceof WebhookVerificationError) return answer(401, `${error.message}\n`)
    answer(400, 'The body could not be read.\n')
  }
})

/** An event may come more than once; its id is then the same. */
function handle({ id, event_type: type, data }) {
  if (seen.has(id)) return console.log(`${type} ${id} again, ignored`)
  seen.add(id)
  const age = data.event_time === undefined ? '' : `, ${Date.now() - data.event_time} ms old`
  const token = harmless(data.symbol ?? data.token_address ?? '')
  console.log(`${type} ${token} ${id}${age}, ${seen.size} distinct`)
}

/** Names of tokens are chosen by strangers: control and direction characters must not act here. */
function harmless(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD').slice(0, 42)
}

async function readBody(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

server.listen(process.env.PORT ?? 8080, () => {
  console.log(`Waiting for webhooks on http://127.0.0.1:${server.address().port}`)
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => server.close(() => process.exit(0)).closeAllConnections())
}
