import { connect, type Socket } from 'node:net'

/** Readers that open a stream and read nothing of it, not even its head. */
export class SilentReaders {
  readonly #sockets: Socket[] = []

  constructor(private readonly port: number) {}

  async open(count: number, path: string, headers: Record<string, string> = {}) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const request = `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${lines.join('')}\r\n`
    for (let opened = 0; opened < count; opened += 50) {
      await Promise.all(
        Array.from({ length: Math.min(50, count - opened) }, () => this.#openOne(request))
      )
    }
  }

  #openOne(request: string): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(request, () => resolve()))
      // That one was refused, or cut, is the point.
      socket.on('error', () => resolve())
      socket.pause()
      this.#sockets.push(socket)
    })
  }

  close() {
    for (const socket of this.#sockets) socket.destroy()
  }
}

/** As much work for each event as a filter may be. */
const WORST = Array(40).fill('data.metadata_uri.lastIndexOf("aaaaaaaaaab")>0').join('||')

/** Asks for so many dry runs at once, and answers how many of each status came. */
export async function dryRuns(count: number, url: string, token: string) {
  const statuses = await Promise.all(
    Array.from({ length: count }, async () => {
      const response = await fetch(`${url}/api/v1/webhook/endpoints/dry-run`, {
        method: 'POST',
        headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ event_types: ['launch.*'], filter: WORST, limit: 100 }),
      })
      await response.arrayBuffer()
      return response.status
    })
  )
  return Map.groupBy(statuses, (status) => status)
}
