import { randomBytes } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Names this process in the leases it takes: where it runs, its pid, and a nonce, because pids come
 * again. At most 64 characters.
 */
export function leaseOwner(): string {
  return [place(), process.pid, randomBytes(4).toString('hex')].join('/')
}

/**
 * Says whether an owner is known to be dead: it ran where this process runs, and its pid is free or
 * has become ours. An owner elsewhere may live; its lease has to run out.
 */
export function isDeadOwner(owner: string, self: string): boolean {
  const [ownerPlace, pid] = owner.split('/')
  if (owner === self || ownerPlace !== place()) {
    return false
  }
  return Number(pid) === process.pid || !isRunning(Number(pid))
}

/** Host and pid namespace: containers may share a host name without seeing each other's pids. */
function place(): string {
  let namespace = ''
  try {
    namespace = readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')
  } catch {
    // Only Linux has namespaces.
  }
  return `${hostname().replaceAll('/', '-').slice(0, 32)}#${namespace}`
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
