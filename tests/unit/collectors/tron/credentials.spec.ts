import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { fetchAnswer } from '#collectors/tron/fetch_answer'

test.group('Nodes of TRON behind a name and a password', () => {
  test('are told both in the header, and not in the URL', async ({ assert, cleanup }) => {
    const seen: { authorization?: string; url?: string }[] = []
    const server = createServer(({ headers, url }, response) => {
      seen.push({ authorization: headers.authorization, url })
      response.end('{}')
    }).listen(0, '127.0.0.1')
    cleanup(() => void server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo

    const url = `http://me:p%40ss@127.0.0.1:${port}/wallet/getnowblock`
    const signal = new AbortController().signal
    const answer = await fetchAnswer(url, { method: 'POST', headers: {}, body: '{}', signal })
    await answer.text()

    const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`
    assert.deepEqual(seen, [{ authorization, url: '/wallet/getnowblock' }])
  })
})
