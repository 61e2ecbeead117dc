/**
 * A client of the API whose types come from its description: a path, parameter or field that is not
 * there does not compile, and an answer has the shape of its status. Needs Node.js from 24 on.
 *
 *   npm install openapi-fetch && npm install --save-dev openapi-typescript typescript
 *   npx openapi-typescript http://127.0.0.1:3333/api/openapi.json --output api.d.ts
 *   API_URL=http://127.0.0.1:3333 API_TOKEN=… node client.mts https://example.com/hooks
 */

import createClient from 'openapi-fetch'
import type { paths } from './api.d.ts'

const { API_URL: baseUrl, API_TOKEN: token } = process.env
const receiver = process.argv[2]!
const api = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } })

const launches = await api.GET('/api/v1/launches', { params: { query: { limit: 1 } } })
if (launches.data)
  console.log(`newest launch: ${launches.data.data[0]?.token_address ?? 'none yet'}`)
else console.log(`no list: ${launches.error.errors[0]?.code}`)

const made = await api.POST('/api/v1/webhook/endpoints', {
  body: { url: receiver, event_types: ['launch.created'] },
})
if (made.data) {
  const { id, secret } = made.data.data
  console.log(`endpoint ${id} signs with ${secret.slice(0, 6)}…`)

  const removed = await api.DELETE('/api/v1/webhook/endpoints/{id}', { params: { path: { id } } })
  console.log(`deleted: ${removed.response.status}`)
} else {
  const [{ code, field } = {}] = made.error.errors
  console.log(`refused: ${made.response.status} ${code} ${field}`)
}
