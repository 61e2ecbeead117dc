// Lives as long as the demo and ends what the demo started, should the demo itself be killed.
// It reads "+pid" and "-pid" from the demo; the end of that pipe is the end of the demo.
import { createInterface } from 'node:readline'

const KILL_AFTER_MS = 3000
const pids = new Set()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const pid = Number(line.slice(1))
    if (line.startsWith('+')) pids.add(pid)
    else pids.delete(pid)
  })
  .on('close', () => {
    end('SIGTERM')
    if (pids.size > 0) setTimeout(() => end('SIGKILL'), KILL_AFTER_MS)
  })

function end(signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      pids.delete(pid)
    }
  }
}
