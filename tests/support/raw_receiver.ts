import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { getActiveTest } from '@japa/runner'

/** The end of a body that is one JSON object. */
const END = '}'

/**
 * A receiver that writes what it likes, byte by byte, until the test ends.
 *
 * @param answer is called for each request, with how many there were on all connections
 */
export async function startRawReceiver(answer: (socket: Socket, count: number) => void) {
  const requests: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let request = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      request += chunk
      if (!request.endsWith(END)) return
      requests.push(request)
      request = ''
      answer(socket, requests.length)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  getActiveTest()?.cleanup(() => {
    sockets.forEach((socket) => socket.destroy())
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, requests, sockets }
}
