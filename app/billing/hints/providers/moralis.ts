import { keccak256, stringToHex } from 'viem'
import type { HintProvider } from '#billing/hints/providers/provider'
import { isSameText } from '#foundation/text/same_text'

/** Moralis Streams: https://docs.moralis.com/streams-api/evm/webhook-security */
export const moralis: HintProvider = {
  header: 'x-signature',
  variable: 'MORALIS_STREAMS_SECRET',
  isSigned: ({ body, headers, secret }) =>
    isSameText(headers['x-signature'], keccak256(stringToHex(body + secret))),
}
