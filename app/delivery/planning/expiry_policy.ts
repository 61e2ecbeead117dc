/** How old an event may be when it is sent. Times are milliseconds; null means any age. */
export interface ExpiryPolicy {
  /** What the operator has set for every type of event. */
  all: number | null
  /** For types that are worth nothing later, where the operator has set nothing. */
  byType: Readonly<Record<string, number>>
}

/** For what is to arrive whatever its age. */
export const NEVER_EXPIRES: ExpiryPolicy = { all: null, byType: {} }

export function expiryOf({ all, byType }: ExpiryPolicy, eventType: string): number | null {
  return all ?? byType[eventType] ?? null
}
