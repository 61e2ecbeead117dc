/** A request over a connection that is refused, with the code and the words of the venue. */
export class SocketRefusal extends Error {
  constructor(
    readonly code: string,
    subject = ''
  ) {
    super(WORDS[code]!.replace('{0}', subject))
  }
}

/** Why the venue closes a connection: the code of the close frame, and its reason. */
export const CLOSES = {
  tooBig: [1009, 'Request message exceeds the maximum frame length'],
  loginFailed: [4001, 'Login Failed'],
  invalid: [4002, 'Invalid Request'],
  idle: [4004, 'No data received in 30s'],
  bufferFull: [4005, 'Buffer is full, cannot write data'],
  abnormal: [4006, 'Abnormal disconnection'],
  keyChanged: [4007, 'API key has been updated or deleted. Please reconnect.'],
  tooManyChannels: [4008, 'The number of subscribed channels exceeds the maximum limit.'],
} as const satisfies Record<string, readonly [code: number, reason: string]>

/** Those after which the venue closes the connection. */
export const LOGIN_FAILURES = new Set(['60004', '60005', '60006', '60007', '60024', '60032'])

const WORDS: Record<string, string> = {
  60004: 'Invalid timestamp',
  60005: 'Invalid apiKey',
  60006: 'Timestamp request expired',
  60007: 'Invalid sign',
  60011: 'Please log in',
  60012: 'Invalid request: {0}',
  60013: 'Invalid args',
  60014: 'Requests too frequent',
  60018:
    "Wrong URL or channel:{0} doesn't exist. Please use the correct URL, channel and parameters referring to API document.",
  60019: 'Invalid op: {0}',
  60024: 'Wrong passphrase',
  60031: 'The WebSocket endpoint does not allow multiple or repeated logins',
  60032: "API key doesn't exist",
  64003: "Your trading fee tier doesn't meet the requirement to access this channel",
}
