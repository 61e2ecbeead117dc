import PushAlert from '#models/push_alert'

/** Finds what the operator has not acknowledged; written as in the index. */
const OPEN = `acknowledged_at is null and kind <> 'plan.ending'`

/** The newest alerts for the operator that nobody has acknowledged yet. */
export function openAlerts(limit: number): Promise<PushAlert[]> {
  return PushAlert.query().whereRaw(OPEN).orderBy('id', 'desc').limit(limit)
}

export async function countOpenAlerts(): Promise<number> {
  const [row] = await PushAlert.query()
    .whereRaw(OPEN)
    .count('* as alerts')
    .pojo<{ alerts: number }>()
  return Number(row!.alerts)
}
