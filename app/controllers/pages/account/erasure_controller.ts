import type { HttpContext } from '@adonisjs/core/http'
import verificationConfig from '#config/verification'
import { systemClock } from '#foundation/clock'
import { erasureValidator } from '#validators/account_forms'
import { PackageFiles } from '#verification/evidence/package_files'
import { eraseAccount } from '#accounts/personal_data/erase_account'

export default class ErasureController {
  /** Says what will be gone and what stays, before anything is. */
  async show({ view }: HttpContext) {
    return view.render('pages/erase_account')
  }

  /** Erases the account, once the box that says so is ticked. */
  async store({ auth, request, response, view }: HttpContext) {
    const [error] = await erasureValidator.tryValidate(request.body())
    if (error) {
      response.status(422)
      return view.render('pages/erase_account', { isUnconfirmed: true })
    }
    const guard = auth.use('web')
    const evidence = new PackageFiles(verificationConfig.folder)
    await eraseAccount(guard.getUserOrFail(), systemClock, evidence)
    await guard.logout()
    response.redirect().status(303).toPath('/')
  }
}
