import type { WalletRecord } from '#collectors/ocr/wallet_record'
import { cleanText } from '#sources/clean_text'
import type { SentWallet } from '#validators/ocr_wallets'

/** A record as it is stored; what it leaves out is taken from the request. `at` is epoch milliseconds. */
export function toWalletRecord(
  sent: SentWallet,
  { ip, at }: { ip: string; at: number }
): WalletRecord {
  return {
    ...sent,
    wx_nick_name: cleanText(sent.wx_nick_name.toWellFormed()),
    source_ip: sent.source_ip ?? ip,
    pic_url: sent.pic_url ?? null,
    create_time: sent.create_time === undefined ? at : sent.create_time * 1000,
  }
}
