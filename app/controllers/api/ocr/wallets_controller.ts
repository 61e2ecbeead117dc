import type { HttpContext } from '@adonisjs/core/http'
import ocrConfig from '#config/ocr'
import { ApiError } from '#exceptions/api_error'
import { systemClock } from '#foundation/clock'
import { publicFact } from '#facts/public_fact'
import { storeWallets, WalletQueueFull } from '#collectors/ocr/store_wallets'
import { toWalletRecord, walletBody } from '#validators/ocr_wallets'

/** The sender empties the queue within milliseconds, unless it is not running or no receiver keeps up. */
const RETRY_AFTER_SECONDS = 5

export default class WalletsController {
  /** Takes one record, or several; those that are there already are answered as they are. */
  async store({ request, response }: HttpContext) {
    const sent = await walletBody.read(request.body())
    const seen = { ip: request.ip(), at: systemClock.now() }
    const records = sent.map((wallet) => toWalletRecord(wallet, seen))
    try {
      const { rows, stored } = await storeWallets(records, ocrConfig, systemClock)
      const data = rows.map((row) => publicFact('ocr_wallet', row))
      return response.accepted({ data, meta: { stored, known: rows.length - stored } })
    } catch (error) {
      if (!(error instanceof WalletQueueFull)) {
        throw error
      }
      response.header('retry-after', RETRY_AFTER_SECONDS)
      const message = `${error.message}. Nothing was stored: send it again in ${RETRY_AFTER_SECONDS} s. Is send:webhooks running, and do the receivers keep up?`
      throw new ApiError(503, [{ code: 'queue_full', message }])
    }
  }
}
