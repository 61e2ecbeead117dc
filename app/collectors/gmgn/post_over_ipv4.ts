import { request as requestHttp, type IncomingHttpHeaders } from 'node:http'
import { request as requestHttps } from 'node:https'

/** How long a request may take, in milliseconds, and the largest answer that is read, in bytes. */
const TIMEOUT_MS = 10_000
const LARGEST_ANSWER = 8 * 1024 * 1024

export interface HttpAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/**
 * Posts over IPv4, whatever else the host has: GMGN refuses IPv6 as if the key were wrong.
 *
 * @throws when no whole answer comes
 */
export function postOverIpv4(
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal?: AbortSignal
): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>()
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  const ends = signal ? AbortSignal.any([signal, limit]) : limit

  const sent = request(url, { method: 'POST', headers, family: 4, signal: ends }, (response) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > LARGEST_ANSWER) {
        response.destroy(new Error(`the answer is larger than ${LARGEST_ANSWER} bytes`))
      }
    })
    response.on('error', reject)
    response.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      resolve({ status: response.statusCode!, headers: response.headers, body: text })
    })
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}
