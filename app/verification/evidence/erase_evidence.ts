import db from '@adonisjs/lucid/services/db'
import type { PackageFiles } from '#verification/evidence/package_files'

/** Packages that one step erases. */
const AT_ONCE = 500

/**
 * Deletes every package of evidence that a user has: first its file, then its row, so that what is
 * cut short can be done again.
 *
 * @throws the system's error when a file cannot be deleted
 */
export async function eraseEvidence(ownerId: number, files: PackageFiles) {
  for (;;) {
    const packages: { id: number | string; content_hash: string }[] = await db
      .from('evidence_packages')
      .where('owner_id', ownerId)
      .limit(AT_ONCE)
      .select('id', 'content_hash')
    if (packages.length === 0) {
      return
    }
    for (const { content_hash: contentHash } of packages) {
      await files.erase(contentHash)
    }
    const ids = packages.map(({ id }) => Number(id))
    await db.from('evidence_packages').whereIn('id', ids).delete()
  }
}
