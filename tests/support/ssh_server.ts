import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { TestContext } from '@japa/runner/core'
import { freePort } from '#demo/processes/ports'

/** It wants to be started by its whole path. */
const SSHD = '/usr/sbin/sshd'

/**
 * A real server of SSH on this machine, for its user alone, that does not outlive the test.
 *
 * @returns the address of its user, and the configuration of a client that may come in
 */
export async function startSshServer(test: TestContext['test'], folder: string) {
  const port = await freePort()
  const key = async (name: string) => {
    const path = join(folder, name)
    await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path])
    return path
  }
  const [hostKey, userKey] = [await key('host_key'), await key('user_key')]
  const serverConfig = join(folder, 'sshd_config')
  await writeFile(
    serverConfig,
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${userKey}.pub`,
      'PasswordAuthentication no',
      'StrictModes no',
      'PidFile none',
    ].join('\n')
  )
  // Where its unprivileged part lives, as root.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true })
  const server = spawn(SSHD, ['-D', '-e', '-f', serverConfig], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  test.cleanup(async () => {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  })
  for await (const line of createInterface({ input: server.stderr })) {
    if (line.includes('Server listening')) break
  }
  server.stderr.resume()

  const clientConfig = join(folder, 'ssh_config')
  await writeFile(
    clientConfig,
    [
      'Host *',
      `Port ${port}`,
      `IdentityFile ${userKey}`,
      'IdentitiesOnly yes',
      `UserKnownHostsFile ${join(folder, 'known_hosts')}`,
      'StrictHostKeyChecking accept-new',
      'LogLevel ERROR',
    ].join('\n')
  )
  return { address: `${userInfo().username}@127.0.0.1`, clientConfig }
}
