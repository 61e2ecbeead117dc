import { canonicalJson, type Json } from '#foundation/text/canonical_json'
import type { OkxEnvironment } from '#facts/on_okx'
import type { Completeness } from '#facts/verification'
import type { Items } from '#verification/evidence/items'
import { liqpassRoot, type LiqpassRoot } from '#verification/evidence/liqpass'
import {
  evidenceHash,
  itemsHash,
  newSalts,
  type RawBodies,
  type Salts,
} from '#verification/evidence/roots'
import { signText, type EvidenceSignature, type SigningKey } from '#verification/evidence/signature'

export const PACKAGE_SCHEMA = 'regou.evidence.v1'

/**
 * A package of evidence, as its file holds it. With the file alone the roots can be recomputed: the
 * items from the raw bodies, the leaves from items, bodies and salts. It holds no HTTP headers.
 */
export interface EvidencePackageFile {
  schema: typeof PACKAGE_SCHEMA
  evidence_uid: string
  /** Epoch milliseconds. */
  created_at: number
  account: { uid: string; environment: OkxEnvironment }
  items: Items
  raw: RawBodies
  salts: Salts
  /** The root with salts over items and raw bodies. */
  evidence_hash: string
  /** The root without salts over the items: from the venue's answers, and from what was recorded. */
  items_hash: string
  expected_evidence_hash: string
  completeness: Completeness
  /** The `evidence_hash` of the package before it of the same account. */
  parent_root: string | null
  liqpass: LiqpassRoot
  /** Of the operator, over the canonical JSON of all the rest; null where no key is set. */
  signature: EvidenceSignature | null
}

interface Parts {
  evidenceUid: string
  now: number
  account: EvidencePackageFile['account']
  items: Items
  expected: Items
  raw: RawBodies
  completeness: Completeness
  parentRoot: string | null
  signingKey: SigningKey | null
}

export function buildPackage(parts: Parts): EvidencePackageFile {
  const { items, raw } = parts
  const salts = newSalts(raw)
  const unsigned = {
    schema: PACKAGE_SCHEMA,
    evidence_uid: parts.evidenceUid,
    created_at: parts.now,
    account: parts.account,
    items,
    raw,
    salts,
    evidence_hash: evidenceHash(items, raw, salts),
    items_hash: itemsHash(items),
    expected_evidence_hash: itemsHash(parts.expected),
    completeness: parts.completeness,
    parent_root: parts.parentRoot,
    liqpass: liqpassRoot(items.order, items.executions),
  } as const
  const signature = parts.signingKey && signText(packageText(unsigned), parts.signingKey)
  return { ...unsigned, signature }
}

/** The text of a package: that of its file, and without `signature` what is signed. */
export function packageText(file: Omit<EvidencePackageFile, 'signature'>): string {
  return canonicalJson(file as unknown as Json)
}
