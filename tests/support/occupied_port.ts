import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { TestContext } from '@japa/runner/core'

/** A port on which a server listens until the test ends. */
export async function occupiedPort(test: TestContext['test']): Promise<number> {
  const occupant = createServer().listen(0, '0.0.0.0')
  await once(occupant, 'listening')
  test.cleanup(() => {
    occupant.close()
  })
  return (occupant.address() as AddressInfo).port
}
