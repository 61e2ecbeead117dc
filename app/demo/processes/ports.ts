import { createServer, type AddressInfo } from 'node:net'

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  return (await tryPort(0))!
}

/** True when nobody listens on the port, on any address of this machine. */
export async function isFree(port: number): Promise<boolean> {
  return (await tryPort(port)) !== null
}

/** Listens for an instant and answers the port, or null when somebody else has it. */
function tryPort(port: number): Promise<number | null> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(null))
    server.listen(port, () => {
      const { port: given } = server.address() as AddressInfo
      server.close(() => resolve(given))
    })
  })
}
