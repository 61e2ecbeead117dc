import { hash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Tells this process from an earlier one with its pid. */
const LIFE = randomBytes(4).toString('hex')

const PLACE = place()
let owners = 0

/**
 * Names one owner of leases in this process: where the process runs, its pid, which of the
 * lives of that pid this is, and a number for each owner. At most 64 characters.
 */
export function leaseOwner(): string {
  return [PLACE, process.pid, LIFE, ++owners].join('/')
}

/**
 * Says whether an owner is known to be dead: it ran where this process runs, and its pid is free or
 * has become ours. An owner elsewhere may live; its lease has to run out.
 */
export function isDeadOwner(owner: string): boolean {
  const [ownerPlace, pid, life] = owner.split('/')
  if (ownerPlace !== PLACE) {
    return false
  }
  return Number(pid) === process.pid ? life !== LIFE : !isRunning(Number(pid))
}

/**
 * Where a pid means one process: this start of this machine, in this namespace of pids. Machines
 * and containers may have the same name without seeing each other's processes.
 */
function place(): string {
  let kernel = ''
  try {
    kernel = readFileSync('/proc/sys/kernel/random/boot_id') + readlinkSync('/proc/self/ns/pid')
  } catch {
    // Only Linux tells; elsewhere the name has to do.
  }
  const name = hostname().replaceAll('/', '-').slice(0, 24)
  return `${name}#${hash('sha256', kernel).slice(0, 8)}`
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
