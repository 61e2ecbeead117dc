import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { getActiveTest } from '@japa/runner'

/** How many connections wait for a process that does not take them: Linux adds one to `backlog`. */
const QUEUE = 2

/** Answers 204 to everything. */
const PROGRAM = `
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(204).end())
  })
  server.listen({ host: '127.0.0.1', port: 0, backlog: ${QUEUE - 1} }, () => console.log(server.address().port))
`

/**
 * A server that accepts no connection for now: its process is stopped and its queue full, so that
 * the system drops the packets that ask for a connection, as a firewall would. They are sent again
 * after one, three and seven seconds: from `listen` on the next one is answered.
 */
export class DeafServer {
  readonly #child = spawn(process.execPath, ['-e', PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  readonly #fillers: Socket[] = []
  port = 0

  static async start() {
    const server = new DeafServer()
    getActiveTest()?.cleanup(() => server.#end())
    const [port] = await once(createInterface(server.#child.stdout), 'line')
    server.port = Number(port)
    server.#child.kill('SIGSTOP')
    await Promise.all(Array.from({ length: QUEUE }, () => server.#fill()))
    return server
  }

  /** Takes connections again. */
  listen() {
    this.#fillers.forEach((socket) => socket.destroy())
    this.#child.kill('SIGCONT')
  }

  async #fill() {
    const socket = connect(this.port, '127.0.0.1').on('error', () => {})
    this.#fillers.push(socket)
    await once(socket, 'connect')
  }

  #end() {
    this.#fillers.forEach((socket) => socket.destroy())
    this.#child.kill('SIGKILL')
  }
}
