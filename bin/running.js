import { createConnection } from 'node:net'
import { join } from 'node:path'

/**
 * Whether PM2 is at work with this home: it listens on a socket there. One that is left of a machine
 * that went down does not answer.
 *
 * @param {string} home
 * @returns {Promise<boolean>}
 */
export function isRunning(home) {
  return new Promise((resolve) => {
    const socket = createConnection(join(home, 'rpc.sock'))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
