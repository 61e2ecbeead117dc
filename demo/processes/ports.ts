import { createServer, type AddressInfo } from 'node:net'
import { OperatorError } from '#foundation/operator_error'

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  return (await tryPort(0))!
}

/** @throws OperatorError when somebody listens on the port, on whichever address of this machine */
export async function requireFree(port: number) {
  if ((await tryPort(port)) === null) {
    throw new OperatorError(
      `Port ${port} is already in use. Stop what listens there, or choose another: PORT=${port + 1} npm run demo`
    )
  }
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
