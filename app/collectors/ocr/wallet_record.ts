/** A wallet code as text recognition tells it, made fit to store. */
export interface WalletRecord {
  /** The machine that saw the picture. */
  source_ip: string
  /** The message of the picture; its id is 64 bits wide, so it is text. */
  msg_id: string
  group_id: string
  wallet_code: string
  serial_no: string
  /** Who sent the picture. */
  wx_id: string
  wx_nick_name: string
  pic_url: string | null
  /** When it was recognised, in epoch milliseconds. */
  create_time: number
}

/** One picture may show several codes: only both together name a record. */
export function keyOf({ msg_id, wallet_code }: Pick<WalletRecord, 'msg_id' | 'wallet_code'>) {
  return JSON.stringify([msg_id, wallet_code])
}
