import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { SERVER } from '#tests/support/programs'

/** How long a start may take, in milliseconds. */
const START_MS = 300_000

const LISTENING = 'started HTTP server'

/** A web application in a process of its own. */
export class WebProcess {
  readonly exited: Promise<number | null>

  static async start(environment: Record<string, string> = {}) {
    const port = await freePort()
    const child = spawn(process.execPath, SERVER, {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        LOG_LEVEL: 'info',
        ...environment,
        PORT: String(port),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await untilListening(child, AbortSignal.timeout(START_MS))
    return new WebProcess(child, `http://127.0.0.1:${port}`)
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string
  ) {
    this.exited = once(child, 'exit').then(([code]) => code)
  }

  /** Asks the process to stop, and answers its exit code. */
  stop() {
    this.child.kill('SIGTERM')
    return this.exited
  }
}

async function untilListening(child: ChildProcess, deadline: AbortSignal) {
  let log = ''
  deadline.addEventListener('abort', () => log.includes(LISTENING) || child.kill('SIGKILL'))
  for await (const chunk of child.stderr!.iterator({ destroyOnReturn: false })) {
    log += chunk
    if (log.includes(LISTENING)) return void child.stderr!.resume()
  }
  throw new Error(`The web application did not start:\n${log}`)
}

async function freePort() {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
