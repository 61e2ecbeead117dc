import { createServer, type AddressInfo } from 'node:net'
import { OperatorError } from '#foundation/errors'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  return (await tryPort(0))!
}

/** @throws OperatorError when the port is taken, on whichever address of this machine */
export async function requireFree(port: number) {
  if ((await tryPort(port)) === null) {
    throw new OperatorError(
      `Port ${port} is already in use. Stop what listens there, or choose another: PORT=${port + 1} npm run demo`
    )
  }
}

/** Listens for an instant and answers the port, or null when it is taken. */
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

/**
 * Takes a port of this clone for one demo, so that two never share a folder and a database, and
 * answers a function that gives it back. The note of a demo that was killed counts for nothing.
 *
 * @param path the note, which holds the id of the process
 * @throws OperatorError when a demo that lives has taken it
 */
export function claimPort(path: string, port: number): () => void {
  mkdirSync(dirname(path), { recursive: true })
  if (!write(path)) {
    const holder = Number(readFileSync(path, 'utf8'))
    if (holder !== process.pid && isRunning(holder)) {
      throw new OperatorError(
        `A demo with port ${port} is starting or running in this folder already (pid ${holder}). ` +
          `Stop it first, or choose another port: PORT=${port + 1} npm run demo. ` +
          `If that process is no demo, delete ${path}`
      )
    }
    rmSync(path, { force: true })
    write(path)
  }
  return () => rmSync(path, { force: true })
}

/** False when the file is there already: of two who ask at once, one gets it. */
function write(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** A process of another user answers EPERM, and runs as well. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
