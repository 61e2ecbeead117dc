import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

const { ownUrl, sayWhere } = await import(app.makeURL('bin/say_where.js').href)

test.group('What npm start says', () => {
  test('is where the pages are, once they answer', async ({ assert, cleanup }) => {
    let isReady = false
    const server = createServer((_, response) => {
      response.writeHead(isReady ? 200 : 503).end()
      isReady = true
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanup(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

    const said: string[] = []
    await sayWhere(new AbortController().signal, (line: string) => said.push(line), url)
    assert.include(said.join('\n'), `Regou works: open ${url} `)
  })

  test('is nothing when it ends before', async ({ assert }) => {
    const said: string[] = []
    await sayWhere(AbortSignal.abort(), (line: string) => said.push(line), 'http://127.0.0.1:1')
    assert.isEmpty(said)
  })

  test('names an address that a browser can open, whatever HOST is', ({ assert }) => {
    assert.equal(ownUrl('0.0.0.0', '8080'), 'http://127.0.0.1:8080')
    assert.equal(ownUrl('::1', '3333'), 'http://[::1]:3333')
    assert.equal(ownUrl('10.0.0.7', '80'), 'http://10.0.0.7:80')
  })
})
