import { EvidencePackageSchema } from '#database/schema'
import type { Completeness } from '#facts/verification'

/** A package of evidence, whose file lies under its content hash. */
export default class EvidencePackage extends EvidencePackageSchema {
  declare completeness: Completeness
}
