import { id, nullable, seconds, text } from '#facts/columns'
import { defineFact } from '#facts/define_fact'

/** A wallet code was recognised in a picture of a WeChat message. */
export const ocrWallet = defineFact({
  type: 'ocr_wallet',
  table: 'ocr_wallet_info',
  columns: {
    id: id(),
    source_ip: text(),
    msg_id: text(),
    group_id: text(),
    wallet_code: text(),
    serial_no: text(),
    wx_id: text(),
    wx_nick_name: text(),
    pic_url: nullable(text()),
    create_time: seconds(),
  },
  identity: ['msg_id', 'wallet_code'],
  timeColumn: 'create_time',
  isOnChain: false,
  events: 'ocr_wallet_data',
  source: 'ocr_wallet_service',
  isPersonal: true,
  pushSource: 'wx-msg-chat',
  list: {
    path: 'ocr/wallets',
    summary: 'OCR wallet records that match, newest first',
    title: 'OcrWallet',
    scope: 'ocr:read',
    filters: ['msg_id', 'group_id', 'wallet_code', 'wx_id'],
    indexes: [
      { column: 'group_id' },
      { column: 'wallet_code' },
      { column: 'wx_id' },
      // A message has a record for each code in its picture: few.
      { column: 'msg_id', index: 'ocr_wallet_info_key', isShort: true },
    ],
  },
  stream: { letter: 'o' },
  kept: { ms: 30 * 86_400_000, setting: 'RETAIN_OCR_WALLETS' },
})
