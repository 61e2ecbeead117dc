import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export const OKX_KEY = { apiKey: 'key-1', secretKey: 'secret-1', passphrase: 'phrase-1' }

interface Answer {
  status?: number
  body: unknown
}

/** Answers a path with its query. `null`: code 0 without rows. */
type Answers = (path: string, query: URLSearchParams) => Answer | null

/** REST of OKX as far as signatures go: by a clock of its own, at most 30 s wrong. */
export async function startOkxRest(
  cleanup: (callback: () => Promise<void>) => void,
  answers: Answers = () => null,
  clock: () => number = Date.now
) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://okx')
    asked.push(request.url!)
    const { status = 200, body } = isSigned(request, clock())
      ? (answers(url.pathname, url.searchParams) ?? ok([]))
      : { status: 401, body: { code: '50102', msg: 'Timestamp request expired' } }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanup(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked }

  function isSigned({ url, method, headers }: IncomingMessage, now: number): boolean {
    if (url === '/api/v5/public/time') return true
    const timestamp = String(headers['ok-access-timestamp'])
    const text = `${timestamp}${method}${url}`
    const sign = createHmac('sha256', OKX_KEY.secretKey).update(text).digest('base64')
    const isInTime = Math.abs(Date.parse(timestamp) - now) < 30_000
    return isInTime && headers['ok-access-sign'] === sign
  }
}

export function ok(rows: unknown[]): Answer {
  return { body: { code: '0', msg: '', data: rows } }
}
