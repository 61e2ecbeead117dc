import type { Clock } from '#foundation/clock'
import PushAlert from '#models/push_alert'
import { UnknownAlert } from '#delivery/alerts/alert_errors'

/**
 * Notes that the operator knows of an alert, so that it is no longer shown as open. Once is enough:
 * the first time stays.
 *
 * @param id as people type it
 * @throws UnknownAlert when there is none
 */
export async function acknowledgeAlert(id: string | number, clock: Clock): Promise<PushAlert> {
  const number = /^\d{1,15}$/.test(String(id)) ? Number(id) : 0
  await PushAlert.query()
    .where('id', number)
    .whereNull('acknowledged_at')
    .update({ acknowledged_at: clock.now() })

  const alert = await PushAlert.find(number)
  if (!alert) {
    throw new UnknownAlert(`There is no alert ${id}`)
  }
  return alert
}
