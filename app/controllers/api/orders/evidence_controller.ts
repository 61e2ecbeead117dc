import type { HttpContext } from '@adonisjs/core/http'
import verificationConfig from '#config/verification'
import { Refusal } from '#foundation/errors'
import { PackageFiles } from '#verification/evidence/package_files'
import { findPackage } from '#verification/order_story'

export default class EvidenceController {
  /** The file of a package, byte for byte. */
  async show({ auth, params, response }: HttpContext) {
    const { reach } = auth.getUserOrFail()
    const { contentHash, evidenceUid } = await findPackage(reach, params.uid)
    const text = await new PackageFiles(verificationConfig.folder).read(contentHash)
    if (text === null) {
      throw new Refusal('unknown', 'evidence_gone', `The file of package ${evidenceUid} is gone`)
    }
    response.header('content-type', 'application/json')
    response.header('content-disposition', `attachment; filename="${contentHash}.json"`)
    return response.send(text)
  }
}
