import { connect } from 'node:net'
import { Readable } from 'node:stream'

/** More than any webhook holds, in bytes. */
const HUGE = 96 * 1024 * 1024
const PIECE = Buffer.alloc(256 * 1024, 'a')

const now = () => String(Math.floor(Date.now() / 1000))

/** The headers of a webhook that are right but for what is given here; undefined leaves one out. */
function request(changed: Record<string, string | undefined>, body = '{}') {
  const headers = {
    'host': 'receiver',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'webhook-id': 'evt_1',
    'webhook-timestamp': now(),
    'webhook-signature': 'v1,AAAA',
    ...changed,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}: ${value}`
  )
  return `POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

/** What strangers send to a receiver: each is to be answered with 400, 401 or 413. */
export const UNSIGNED: { is: string; head: () => string; bodyBytes?: number }[] = [
  {
    is: 'a request without any header of a webhook',
    head: () =>
      request({
        'webhook-id': undefined,
        'webhook-timestamp': undefined,
        'webhook-signature': undefined,
      }),
  },
  { is: 'an empty body', head: () => request({}, '') },
  { is: 'no JSON', head: () => request({}, '\0{"a"') },
  {
    is: 'a form',
    head: () => request({ 'content-type': 'application/x-www-form-urlencoded' }, 'a=b'),
  },
  {
    is: 'a form in parts that never end',
    head: () => request({ 'content-type': 'multipart/form-data; boundary=a' }, '--a\r\n'),
  },
  { is: 'no length', head: () => request({ 'content-length': undefined }, '') },
  { is: 'a length that is no number', head: () => request({ 'content-length': 'many' }, '') },
  { is: 'a negative length', head: () => request({ 'content-length': '-1' }, '') },
  {
    is: 'chunks that are none',
    head: () => request({ 'content-length': undefined, 'transfer-encoding': 'chunked' }, 'zz\r\n'),
  },
  ...['', 'v1', 'v1,', ',', ' ', 'v1,é', 'v2,AAAA', 'v1,AAAA '.repeat(500), '\u009b'].map(
    (signature) => ({
      is: `the signature "${signature.slice(0, 10)}"`,
      head: () => request({ 'webhook-signature': signature }),
    })
  ),
  ...['', '-1', '1e9', 'NaN', '+1', '٣', '9'.repeat(19), '9'.repeat(400), '9'.repeat(5000)].map(
    (time) => ({
      is: `the time "${time.slice(0, 20)}"`,
      head: () => request({ 'webhook-timestamp': time }),
    })
  ),
  { is: 'an id that is a path', head: () => request({ 'webhook-id': '../../x' }) },
  {
    is: 'a huge body',
    head: () => request({ 'content-length': String(HUGE) }, ''),
    bodyBytes: HUGE,
  },
]

const STATUS = /^HTTP\/1\.[01] ((?!1)\d\d\d)/m

/** Sends one of them; answers the status, or null when the connection ended without one. */
export async function statusOf(url: string, { head, bodyBytes = 0 }: (typeof UNSIGNED)[number]) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.write(head())
  Readable.from(pieces(bodyBytes)).pipe(socket, { end: false })

  let answer = ''
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      if (STATUS.test(answer)) resolve()
    })
  })
  socket.destroy()
  const [, status] = STATUS.exec(answer) ?? []
  return status ? Number(status) : null
}

function* pieces(bytes: number) {
  for (let made = 0; made < bytes; made += PIECE.length) yield PIECE
}
