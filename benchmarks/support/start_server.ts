import { fork } from 'node:child_process'

/**
 * Starts a server in a process of its own, which says by a message that it listens, and where.
 *
 * @param file of the server, next to that of the caller
 */
export async function startServer<Said>(file: URL, environment: Record<string, string>) {
  const child = fork(file, {
    env: { ...process.env, ...environment },
    execArgv: ['--import=@poppinss/ts-exec'],
  })
  const said = await new Promise<Said>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Said))
    child.once('exit', (code) => reject(new Error(`${file.pathname} ended with code ${code}`)))
  })
  return { said, stop: () => void child.kill() }
}
