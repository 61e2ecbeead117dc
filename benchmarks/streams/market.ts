import { setTimeout as sleep } from 'node:timers/promises'
import { boot } from '#benchmarks/support/boot'
import { launchRow } from '#benchmarks/deliver/launch_row'

// Run as a process of its own, on the database of its environment: launches, as a scanner stores them.
const everyMs = Number(process.argv[2])
await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')

for (let serial = 1; ; serial++) {
  const now = Date.now()
  await db.table('launch_events').insert({ ...launchRow(serial), event_time: now, created_at: now })
  await sleep(everyMs)
}
