import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '#demo/processes/ports'

/**
 * Starts Redis with an append-only file synced every second; null when this machine has no
 * `redis-server`, or the project not the client that BullMQ asks for.
 */
export async function startRedis() {
  if (!hasClient()) {
    return null
  }
  const folder = await mkdtemp(join(tmpdir(), 'regou-redis-'))
  const port = await freePort()
  const settings = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec']
  const server = spawn('redis-server', ['--port', String(port), '--dir', folder, ...settings], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(server, 'close')
  const stop = async () => {
    server.kill()
    await ended.catch(() => {})
    await rm(folder, { recursive: true, force: true })
  }

  try {
    await Promise.race([ready(server.stdout), ended])
  } catch {
    await stop()
    return null
  }
  return { url: `redis://127.0.0.1:${port}`, stop }
}

function hasClient(): boolean {
  try {
    return Boolean(createRequire(import.meta.url).resolve('ioredis'))
  } catch {
    return false
  }
}

async function ready(output: NodeJS.ReadableStream) {
  for await (const line of createInterface({ input: output })) {
    if (line.includes('Ready to accept connections')) {
      output.resume()
      return
    }
  }
}
