import { ScanAuditSchema } from '#database/schema'

/** What a second reading of a range of blocks found. */
export default class ScanAudit extends ScanAuditSchema {}
