import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { OperatorError } from '#foundation/operator_error'

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
