/** Plans all launches of a filled database, and does nothing else. */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { default: settings } = await import('#config/webhooks')
const { channels } = await import('#start/channels')
const { Planner } = await import('#delivery/planning/planner')
const { systemClock } = await import('#foundation/clock')

await contend(async () => {
  const planner = new Planner(systemClock, settings.expiry, channels)
  let facts = 0
  for (let planned = 1; planned > 0; facts += planned) {
    planned = await planner.plan()
  }
  return { facts }
})
