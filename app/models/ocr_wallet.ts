import { OcrWalletInfoSchema } from '#database/schema'

/** A wallet code that was recognised in a picture of a WeChat message. */
export default class OcrWallet extends OcrWalletInfoSchema {
  static table = 'ocr_wallet_info'
}
