import type { HttpContext } from '@adonisjs/core/http'
import demoConfig from '#config/demo'
import { connect } from '#demo/chain/local_chain'
import { askTestWallet } from '#demo/test_wallet'
import { walletRequestValidator } from '#validators/demo_forms'

export default class WalletController {
  /** Speaks for the wallet that the demo's pages announce. */
  async store({ request, response }: HttpContext) {
    const asked = await walletRequestValidator.validate(request.body())
    const result = await askTestWallet(connect(demoConfig.chainUrl), asked)
    return result === undefined
      ? response.status(422).send({ code: 4200, message: `${asked.method} is not supported` })
      : { result }
  }
}
