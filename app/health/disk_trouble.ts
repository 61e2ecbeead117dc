import { LARGEST_WAL, LEAST_FREE, mb } from '#foundation/db/disk_room'
import type { PushHealthFigures } from '#health/figures'
import type { HealthFinding } from '#health/finding'

/** What says that the disk of the database will be full, or its WAL grows. */
export function diskTrouble({ disk }: Pick<PushHealthFigures, 'disk'>): HealthFinding[] {
  if (!disk) {
    return []
  }
  const { wal_bytes: wal, free_bytes: free } = disk
  const large: HealthFinding = { name: 'wal_large', level: 'degraded', mb: mb(wal) }
  const low: HealthFinding = { name: 'disk_low', level: 'degraded', mb: mb(free) }
  return [...(wal > LARGEST_WAL ? [large] : []), ...(free < LEAST_FREE ? [low] : [])]
}
