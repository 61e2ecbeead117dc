/** How long the records of deliveries are kept after their events were planned, in milliseconds. */
export interface RetentionPolicy {
  /** Of what arrived, expired, or was left out by a filter: nobody will ask for it again. */
  settledMs: number
  /** Of what failed or was set aside, and can be replayed until then; alerts as well. */
  undeliveredMs: number
}
