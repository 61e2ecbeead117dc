import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import ordersConfig from '#config/orders'
import { authorized } from '#tests/support/api_token'
import { loggedErrors } from '#tests/support/captured_log'
import { emptyDatabase } from '#tests/support/database'
import { rawRequest } from '#tests/support/raw_request'
import { setWhile } from '#tests/support/settings'
import { someWallet } from '#tests/support/wallets'

const port = () => Number(process.env.PORT)

const ENDPOINTS = '/api/v1/webhook/endpoints'

interface Sent {
  line: string
  headers?: string[]
  body?: string
}

function ask({ line, headers = [], body = '' }: Sent) {
  const lines = [
    `${line} HTTP/1.1`,
    'host: localhost',
    'connection: close',
    `content-length: ${body.length}`,
    ...headers,
  ]
  return rawRequest(port(), `${lines.join('\r\n')}\r\n\r\n${body}`)
}

const JSON_BODY = ['content-type: application/json']

test.group('Requests at the edge', (group) => {
  group.tap((each) => each.tags(['@sqlite']))

  let authorization = ''
  group.setup(async () => {
    await emptyDatabase()
    const token = await authorized()
    authorization = `authorization: ${token.authorization}`
  })

  test('a body of type "{type}" is refused with 415, which names what is taken')
    .with([
      { type: 'text/plain' },
      { type: 'application/vnd.api+json' },
      { type: 'multipart/form-data; boundary=x' },
      { type: 'application/x-www-form-urlencoded' },
      { type: 'application/json; charset=utf-16' },
      { type: '' },
    ])
    .run(async ({ assert }, { type }) => {
      const headers = [authorization, ...(type ? [`content-type: ${type}`] : [])]
      for (const line of [`POST ${ENDPOINTS}`, `PATCH ${ENDPOINTS}/1`]) {
        const answer = await ask({ line, headers, body: '{"state":"disabled"}' })

        assert.equal(answer.status, 415, line)
        assert.equal(answer.headers.accept, 'application/json')
        assert.include(answer.body, '"code":"unsupported_media_type"')
      }
    })

  test('what a caller got wrong is {status} {code} and none of our errors: {what}')
    .with([
      {
        what: 'a path cut in a character',
        line: 'GET /api/%E0%A4%A',
        status: 400,
        code: 'malformed_url',
      },
      {
        what: 'a path of overlong UTF-8',
        line: 'GET /tokens/%C0%80',
        status: 400,
        code: 'malformed_url',
      },
      {
        what: 'a target that is no URL',
        line: 'GET http://[/',
        status: 400,
        code: 'malformed_url',
      },
      {
        what: 'a method that HTTP does not know',
        line: 'FOO /',
        status: 400,
        code: 'malformed_request',
      },
      {
        what: 'a path of 17,000 characters',
        line: `GET /${'a'.repeat(17_000)}`,
        status: 431,
        code: 'headers_too_large',
      },
      {
        what: 'a path that names nothing',
        line: 'GET /health/nothing',
        status: 404,
        code: 'route_not_found',
      },
      {
        what: 'a method that is for proxies',
        line: 'CONNECT example.com:443',
        status: 405,
        code: 'method_not_allowed',
      },
      {
        what: 'an expectation that nothing can meet',
        line: 'GET /health/live',
        status: 417,
        code: 'expectation_failed',
        header: 'expect: 200-ok',
      },
      {
        what: 'a second host',
        line: 'GET /',
        status: 400,
        code: 'malformed_url',
        header: 'host: other.example',
      },
      {
        what: 'a URL of another scheme',
        line: 'GET ftp://localhost/health/live',
        status: 400,
        code: 'malformed_url',
      },
      {
        what: 'a file that is not there',
        line: 'GET /assets/nothing.js',
        status: 404,
        code: 'route_not_found',
      },
      {
        what: 'a form for what is not there',
        line: 'POST /nothing',
        status: 404,
        code: 'route_not_found',
      },
      {
        what: 'a page of which a program asks what is not there',
        line: 'GET /nothing',
        status: 404,
        code: 'route_not_found',
        header: 'accept: application/json',
      },
      {
        what: 'a stream of pages in a language that is none',
        line: 'GET /live?locale=xx',
        status: 422,
        code: 'invalid_parameter',
      },
      {
        what: 'a Referer cut in a character',
        line: 'POST /login',
        status: 400,
        code: 'malformed_url',
        header: 'referer: http://a/%E0%A4%A',
      },
    ])
    .run(async ({ assert }, { line, status, code, header }) => {
      const answer = await ask({ line, headers: header ? [header] : [] })

      assert.equal(answer.status, status)
      assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
      assert.include(answer.body, `"code":"${code}"`)
    })

  test('a body that is not {encoding}, or not whole, is 400')
    .with([{ encoding: 'gzip' }, { encoding: 'deflate' }, { encoding: 'br' }])
    .run(async ({ assert }, { encoding }) => {
      const half = gzipSync('{"url":"https://example.com"}').subarray(0, 20).toString('latin1')
      for (const body of ['hello world', half]) {
        for (const path of [ENDPOINTS, '/login', '/preferences']) {
          const headers = [authorization, ...JSON_BODY, `content-encoding: ${encoding}`]
          const answer = await ask({ line: `POST ${path}`, headers, body })
          assert.equal(answer.status, 400, `${path} ${answer.body}`)
        }
      }
    })

  test('a body whose framing breaks off is none of our errors: {path}')
    .with([{ path: ENDPOINTS }, { path: '/preferences' }, { path: '/hooks/orders' }])
    .run(async ({ assert, test: running }, { path }) => {
      setWhile(running, ordersConfig, { hookSecret: 'a secret of orders' })
      const headers = ['host: localhost', authorization, ...JSON_BODY].join('\r\n')
      const request = `POST ${path} HTTP/1.1\r\n${headers}\r\ntransfer-encoding: chunked\r\n\r\n`

      const { status, body } = await rawRequest(port(), `${request}2\r\n{}\r\nno size\r\n`)
      assert.equal(status, 400)
      assert.include(body, '"code":"malformed_request"')
      assert.deepEqual(loggedErrors(), [])
    })

  test('a coding of the body that nothing here undoes is 415: {path}')
    .with([{ path: ENDPOINTS }, { path: '/preferences' }, { path: '/hooks/orders' }])
    .run(async ({ assert, test: running }, { path }) => {
      setWhile(running, ordersConfig, { hookSecret: 'a secret of orders' })
      const send = (coding: string, body: string) => {
        const headers = [authorization, ...JSON_BODY, `content-encoding: ${coding}`]
        return ask({ line: `POST ${path}`, headers, body })
      }
      const refused = await send('zstd', '{}')
      assert.equal(refused.status, 415)
      assert.include(refused.headers['accept-encoding']!, 'gzip')
      assert.include(refused.body, '"code":"unsupported_content_encoding"')

      const zipped = await send('X-GZip', gzipSync('{}').toString('latin1'))
      assert.notInclude([415, 500], zipped.status, zipped.body)
    })

  test('a body of many unknown parameters has an answer that is smaller', async ({ assert }) => {
    const names = Array.from({ length: 20_000 }, (_, index) => [`unknown_${index}`, 1])
    const body = JSON.stringify(Object.fromEntries(names))
    const headers = [authorization, ...JSON_BODY]
    const answer = await ask({ line: `POST ${ENDPOINTS}`, headers, body })

    assert.equal(answer.status, 422)
    assert.isBelow(answer.body.length, 10_000)
  })

  test('a body that is too large is read to its end, and the connection goes on', async ({
    assert,
  }) => {
    const headers = ['host: localhost', authorization, ...JSON_BODY].join('\r\n')
    const size = 8_000_000
    const upload = `POST ${ENDPOINTS} HTTP/1.1\r\n${headers}\r\ncontent-length: ${size}\r\n\r\n`
    const next = 'GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'

    const { status, body } = await rawRequest(port(), upload + '['.repeat(size) + next)

    assert.equal(status, 413)
    assert.match(body, /HTTP\/1\.1 200 OK[^]*\{"status":"ok"\}$/)
  })

  test('a method that a route does not have is 405, and OPTIONS is answered: {path}')
    .with([
      { path: '/api/v1/launches', allow: 'GET, HEAD, OPTIONS' },
      { path: `${ENDPOINTS}/1/rotate`, allow: 'POST, OPTIONS' },
      { path: `${ENDPOINTS}/1`, allow: 'GET, HEAD, PATCH, DELETE, OPTIONS' },
      { path: '/login', allow: 'GET, HEAD, POST, OPTIONS' },
      { path: '/health/live', allow: 'GET, HEAD, OPTIONS' },
    ])
    .run(async ({ assert }, { path, allow }) => {
      const refused = await ask({ line: `PUT ${path}` })
      const options = await ask({ line: `OPTIONS ${path}` })

      assert.equal(refused.status, 405)
      assert.equal(refused.headers.allow, allow)
      assert.include(refused.body, '"code":"method_not_allowed"')
      assert.equal(options.status, 204)
      assert.equal(options.headers.allow, allow)
      const ofServer = await ask({ line: 'OPTIONS *' })
      assert.equal(ofServer.status, 204)
    })

  test('HEAD on an endless stream ends with its headers: {path}')
    .with([
      { path: '/api/v1/stream' },
      { path: '/api/v1/webhook/stream' },
      { path: '/live?locale=en' },
    ])
    .run(async ({ assert }, { path }) => {
      const answer = await ask({ line: `HEAD ${path}`, headers: [authorization] })

      assert.equal(answer.status, 200)
      assert.equal(answer.headers['content-type'], 'text/event-stream; charset=utf-8')
      assert.equal(answer.body, '')
    })

  test('a request line with the whole URL is answered as one with the path', async ({ assert }) => {
    for (const line of [
      'GET http://localhost/health/live',
      'GET HTTP://other.example/health/live?a=b',
    ]) {
      const { body } = await ask({ line })
      assert.equal(body, '{"status":"ok"}')
    }
    const page = await ask({ line: 'GET http://localhost' })
    assert.equal(page.status, 200)
  })

  test('a forged forwarding header enters no record: {forwarded}')
    .with([
      { forwarded: 'not-an-ip', stored: '127.0.0.1' },
      { forwarded: 'a'.repeat(60), stored: '127.0.0.1' },
      { forwarded: '203.0.113.9:50123', stored: '203.0.113.9' },
      { forwarded: '1.1.1.1, [2001:db8::9]:443', stored: '2001:db8::9' },
    ])
    .run(async ({ assert }, { forwarded, stored }) => {
      const wallet = someWallet({ msg_id: stored + forwarded.length, source_ip: undefined })
      const headers = [authorization, ...JSON_BODY, `x-forwarded-for: ${forwarded}`]
      const body = Buffer.from(JSON.stringify(wallet)).toString('latin1')
      const answer = await ask({ line: 'POST /api/v1/ocr/wallets', headers, body })

      assert.include(answer.body, `"source_ip":"${stored}"`)
    })

  test('what proxies say of host and protocol cannot break a page', async ({ assert }) => {
    const headers = ['x-forwarded-host: \xff%%,', 'x-forwarded-proto: a b://']
    const page = await ask({ line: 'GET /login', headers })
    assert.equal(page.status, 200)
  })

  test('every answer carries the headers that keep browsers safe', async ({ assert }) => {
    for (const path of ['/', '/api/v1/launches', '/nothing', '/favicon.svg', '/api/%C0']) {
      const { headers } = await ask({ line: `GET ${path}` })
      assert.equal(headers['x-content-type-options'], 'nosniff', path)
      assert.equal(headers['referrer-policy'], 'same-origin', path)
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin', path)
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin-allow-popups', path)
      assert.include(headers['permissions-policy']!, 'camera=()', path)
      assert.match(headers['content-security-policy']!, /form-action 'self'/, path)
    }
  })

  test('texts are compressed for who reads that, and streams never', async ({ assert }) => {
    const headers = ['accept-encoding: gzip']
    const page = await ask({ line: 'GET /', headers })
    const stream = await ask({ line: 'HEAD /api/v1/stream', headers })

    assert.equal(page.headers['content-encoding'], 'gzip')
    assert.include(page.headers.vary!.toLowerCase(), 'accept-encoding')
    assert.notProperty(stream.headers, 'content-encoding')
  })
})
