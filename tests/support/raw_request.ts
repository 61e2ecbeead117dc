import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

interface RawAnswer {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
}

/**
 * Sends bytes as they are, as no HTTP client would, and answers what came back until the connection
 * ended. One letter is one byte.
 */
export async function rawRequest(port: number, request: string): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1')
  socket.write(request, 'latin1')
  const answer = await text(socket)

  const end = answer.indexOf('\r\n\r\n')
  const [status = '', ...lines] = answer.slice(0, end).split('\r\n')
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(': ')
    return [name.toLowerCase(), value.join(': ')]
  })
  return {
    status: Number(status.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: answer.slice(end + 4),
  }
}
