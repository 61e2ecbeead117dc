/** How long what has been of use is kept, in milliseconds. */
export interface RetentionPolicy {
  /** Deliveries that arrived, expired, or were left out by a filter: nobody will ask for them again. */
  settledMs: number
  /** Those that failed or were set aside, and can be replayed until then; alerts and ended replays as well. */
  undeliveredMs: number
  /** OCR wallet records, which are about people who have not asked for it. */
  ocrWalletsMs: number
}
