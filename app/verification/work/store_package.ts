import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { ulid } from '#foundation/text/ulid'
import EvidencePackage from '#models/evidence_package'
import { differences } from '#verification/evidence/differences'
import { buildPackage, packageText, type EvidencePackageFile } from '#verification/evidence/package'
import type { PackageFiles, StoredFile } from '#verification/evidence/package_files'
import type { SigningKey } from '#verification/evidence/signature'
import type { ClaimedJob } from '#verification/jobs/claim_job'
import { failJob, succeedJob } from '#verification/jobs/end_job'
import type { Compared } from '#verification/work/verify_order'

interface Storing {
  files: PackageFiles
  signingKey: SigningKey | null
  clock: Clock
}

/** Another package of the account was stored meanwhile, which is the parent now. */
const OTHER_PARENT = Symbol('other parent')

/**
 * Stores the package of an attempt and ends its job: verified where both sides say the same, failed
 * with the fields where they do not. The file comes first: a row without one would promise what is not
 * there.
 *
 * @returns whether both sides say the same
 * @throws the system's error when the file cannot be written; nothing is stored then
 */
export async function storePackage(
  job: ClaimedJob,
  compared: Compared,
  { files, signingKey, clock }: Storing
): Promise<boolean> {
  const { order, account, items, expected, raw, completeness } = compared
  const off = differences(items, expected)
  for (;;) {
    const now = clock.now()
    const file = buildPackage({
      evidenceUid: ulid(now),
      now,
      account: { uid: account.uid ?? '', environment: account.environment },
      items,
      expected,
      raw,
      completeness,
      signingKey,
      parentRoot: await lastRoot(db.connection(), account.id),
    })
    const stored = await files.write(packageText(file))
    const made = {
      evidenceUid: file.evidence_uid,
      evidenceHash: file.evidence_hash,
      expectedEvidenceHash: file.expected_evidence_hash,
      completeness,
    }
    const end = await writeTransaction(async (trx) => {
      // The packages of an account are a chain: one follows the other.
      await trx.from('okx_accounts').where('id', account.id).forUpdate().select('id')
      if ((await lastRoot(trx, account.id)) !== file.parent_root) {
        return OTHER_PARENT
      }
      const isEnded =
        off.length === 0
          ? await succeedJob(trx, job, made, now)
          : await failJob(trx, job, { code: 'hash_mismatch', differences: off, made }, now)
      if (isEnded) {
        const row = { orderId: order.id, accountId: account.id, ownerId: order.ownerId }
        await EvidencePackage.create({ ...row, ...rowOf(job, file, stored) }, { client: trx })
      }
      return isEnded
    })
    if (end === true) {
      return off.length === 0
    }
    await files.erase(stored.contentHash)
    // Of an attempt that is not the newest one any more nothing is kept.
    if (end === false) return off.length === 0
  }
}

async function lastRoot(client: QueryClientContract, accountId: number): Promise<string | null> {
  const last = await EvidencePackage.query({ client })
    .where('account_id', accountId)
    .orderBy('id', 'desc')
    .select('evidence_hash')
    .first()
  return last?.evidenceHash ?? null
}

function rowOf(job: ClaimedJob, file: EvidencePackageFile, stored: StoredFile) {
  return {
    evidenceUid: file.evidence_uid,
    jobUid: job.jobUid,
    ...stored,
    evidenceHash: file.evidence_hash,
    itemsHash: file.items_hash,
    expectedEvidenceHash: file.expected_evidence_hash,
    completeness: file.completeness,
    parentRoot: file.parent_root,
    liqpassRoot: file.liqpass.evidence_root,
    signed: file.signature !== null,
    createdAt: file.created_at,
  }
}
