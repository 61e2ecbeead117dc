import { ScanCursorSchema } from '#database/schema'

/** How far a scanner has read. Moves only in the transaction that stores what it read. */
export default class ScanCursor extends ScanCursorSchema {}
