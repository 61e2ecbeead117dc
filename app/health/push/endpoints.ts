import db from '@adonisjs/lucid/services/db'

export interface EndpointCounts {
  active: number
  /** Active ones that have accepted nothing since they first failed. */
  failing: number
  disabled: number
}

export async function countEndpoints(): Promise<EndpointCounts> {
  const rows: { state: string; endpoints: number | string; failing: number | string }[] = await db
    .from('webhook_endpoints')
    .groupBy('state')
    .select('state')
    .count('* as endpoints')
    .count('failing_since as failing')
  const [active, disabled] = ['active', 'disabled'].map((name) =>
    rows.find(({ state }) => state === name)
  )
  return {
    active: Number(active?.endpoints ?? 0),
    failing: Number(active?.failing ?? 0),
    disabled: Number(disabled?.endpoints ?? 0),
  }
}
