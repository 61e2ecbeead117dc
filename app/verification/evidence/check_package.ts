import { OperatorError } from '#foundation/errors'
import { differences, type Difference } from '#verification/evidence/differences'
import { itemsOf } from '#verification/evidence/items'
import { completenessOf } from '#verification/evidence/completeness'
import { liqpassRoot, type LiqpassRoot } from '#verification/evidence/liqpass'
import {
  packageText,
  PACKAGE_SCHEMA,
  type EvidencePackageFile,
} from '#verification/evidence/package'
import { itemsInRaw, type RawItems } from '#verification/evidence/raw_items'
import { evidenceHash, itemsHash } from '#verification/evidence/roots'
import { isSignatureOf } from '#verification/evidence/signature'

/** What was recomputed of a package, and whether it came out as the package says. */
export interface PackageCheck {
  name:
    | 'form'
    | 'items'
    | 'evidence_hash'
    | 'items_hash'
    | 'paths'
    | 'completeness'
    | 'liqpass'
    | 'signature'
  /** Null where the package has nothing to check it by. */
  holds: boolean | null
  detail: string | null
}

/** A file that is no package, or one of a version that is not known. */
export class NotAPackage extends OperatorError {}

/**
 * Recomputes a package from its own text alone: no database and no connection is needed.
 *
 * @throws NotAPackage
 */
export function checkPackage(text: string): PackageCheck[] {
  const file = parse(text)
  try {
    return [formCheck(text, file), ...checksOf(file)]
  } catch (error) {
    throw new NotAPackage(`A part of the package cannot be read: ${(error as Error).message}`)
  }
}

function checksOf(file: EvidencePackageFile): PackageCheck[] {
  const found = itemsInRaw(file.raw)
  return [
    itemsCheck(file, found),
    same('evidence_hash', evidenceHash(file.items, file.raw, file.salts), file.evidence_hash),
    same('items_hash', itemsHash(file.items), file.items_hash),
    // What the venue answered and what was recorded: the package holds the hash of that alone.
    same('paths', file.items_hash, file.expected_evidence_hash),
    same('completeness', found ? completenessOf(found) : 'none', file.completeness),
    same(
      'liqpass',
      textOf(liqpassRoot(file.items.order, file.items.executions)),
      textOf(file.liqpass)
    ),
    signatureCheck(file),
  ]
}

/** A member that stands twice, or one that has no place, would be read by some programs alone. */
function formCheck(text: string, file: EvidencePackageFile): PackageCheck {
  const holds = text.trimEnd() === packageText(file)
  return { name: 'form', holds, detail: holds ? null : 'it is not the canonical JSON (RFC 8785)' }
}

const textOf = ({ canonical_json: text, evidence_root: root }: LiqpassRoot) => `${root} of ${text}`

function parse(text: string): EvidencePackageFile {
  let file: Partial<EvidencePackageFile> | null
  try {
    file = JSON.parse(text)
  } catch {
    throw new NotAPackage('The file is no JSON')
  }
  if (file?.schema !== PACKAGE_SCHEMA) {
    throw new NotAPackage(`The file is no package of evidence: its schema is not ${PACKAGE_SCHEMA}`)
  }
  return file as EvidencePackageFile
}

/** Whether the items are what the raw bodies say. */
function itemsCheck(file: EvidencePackageFile, found: RawItems | null): PackageCheck {
  const off = found ? differences(file.items, itemsOf(found.told)) : []
  const detail = found ? namesOf(off) : 'no order in the raw bodies'
  return { name: 'items', holds: found !== null && off.length === 0, detail }
}

function namesOf(off: readonly Difference[]): string | null {
  return off.length > 0 ? off.map(({ field }) => field).join(', ') : null
}

function same(name: PackageCheck['name'], found: string, said: string): PackageCheck {
  const holds = found === said
  return { name, holds, detail: holds ? null : `${found}, and not ${said}` }
}

/** Without one, what no hash covers is only said: whose account it is, its number and time. */
function signatureCheck({ signature, ...unsigned }: EvidencePackageFile): PackageCheck {
  if (signature === null) {
    const detail = 'none, so that account, evidence_uid, created_at and parent_root are only said'
    return { name: 'signature', holds: null, detail }
  }
  const holds = isSignatureOf(packageText(unsigned), signature)
  return { name: 'signature', holds, detail: `by ${signature.public_key}` }
}
