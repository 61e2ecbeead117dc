let serial = 0

/** A record as text recognition sends it, of a message that no other call answers. */
export function someWallet(fields: object = {}) {
  return {
    source_ip: '192.168.1.100',
    msg_id: String(7_000_000_000_000_000_000n + BigInt(++serial)),
    group_id: 'group123@chatroom',
    wallet_code: 'ABC123DEF456',
    serial_no: 'SN789012345',
    wx_id: 'user123',
    wx_nick_name: '张三',
    pic_url: 'https://minio.example.com/images/wallet_123.jpg',
    create_time: Math.floor(Date.now() / 1000),
    ...fields,
  }
}
