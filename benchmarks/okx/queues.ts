/** How long it takes to take a job of high priority, alone and while 10,000 of low priority wait. */
import { boot } from '#benchmarks/support/boot'
import { contend, median } from '#benchmarks/support/measure'

await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { claimJob } = await import('#verification/jobs/claim_job')

const LOW = 10_000
const TRIES = 200
const NOW = Date.now()

let orders = 0

async function addJobs(priority: string, count: number) {
  for (let left = count; left > 0; left -= 500) {
    const ids = Array.from({ length: Math.min(left, 500) }, () => ++orders)
    const times = { created_at: NOW, updated_at: NOW }
    await db.table('orders').multiInsert(
      ids.map((id) => {
        return { id, account_id: 1, ord_id: String(id), inst_id: 'X', status: 'filled', ...times }
      })
    )
    await db.table('verification_jobs').multiInsert(
      ids.map((id) => ({
        job_uid: `job ${id}`,
        order_id: id,
        priority,
        state: 'pending',
        requested_by: 'verifier',
        due_at: NOW,
        created_at: NOW,
      }))
    )
  }
}

/** Milliseconds, in the middle. */
async function claiming(): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < TRIES; n++) {
    await addJobs('high', 1)
    const began = performance.now()
    const job = await claimJob({ owner: 'bench', timeoutMs: 300_000, now: NOW })
    took.push(performance.now() - began)
    if (job!.orderId !== orders) throw new Error('A low job went first')
  }
  return median(took)
}

await contend(async () => {
  await db.table('okx_accounts').insert({
    id: 1,
    label: 'x',
    region: 'global',
    environment: 'live',
    status: 'active',
    connection: 'idle',
    created_at: NOW,
    updated_at: NOW,
  })
  const idleMs = await claiming()
  await addJobs('low', LOW)
  return { idleMs, besideMs: await claiming() }
})
