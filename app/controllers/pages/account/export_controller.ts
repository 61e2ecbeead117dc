import type { HttpContext } from '@adonisjs/core/http'
import { exportAccount } from '#accounts/personal_data/export_account'

export default class ExportController {
  /** Everything that is stored about the user who is logged in, as a file. */
  async show({ auth, response }: HttpContext) {
    const data = await exportAccount(auth.use('web').getUserOrFail())
    response.header('content-disposition', 'attachment; filename="regou-account.json"')
    response.type('json').send(JSON.stringify(data, null, 2))
  }
}
