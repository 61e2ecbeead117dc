import { setTimeout as sleep } from 'node:timers/promises'
import { boot } from '#benchmarks/support/boot'
import { launchRow } from '#benchmarks/deliver/launch_row'

// Run as a process of its own, on the database of its environment: launches, as a scanner stores them.
const EVERY_MS = 200
const STORED_BEFORE = 200

await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')

let serial = 0
const store = () => {
  const now = Date.now()
  return db.table('launch_events').insert({
    ...launchRow(++serial),
    metadata_uri: `https://example.com/${'a'.repeat(2000)}`,
    event_time: now,
    created_at: now,
  })
}
while (serial < STORED_BEFORE) await store()
for (;;) {
  await store()
  await sleep(EVERY_MS)
}
