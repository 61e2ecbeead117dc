import { addressView } from '#views/address_view'
import { qrCode } from '#views/qr_code'

/** Where money goes, as a page and a wallet need it. */
interface PayRequest {
  /** In lower case. */
  address: string
  chainId: number
  /** Wei. */
  amount: bigint
}

/** The link that wallets read from a QR code: https://eips.ethereum.org/EIPS/eip-681 */
export function paymentUri({ address, chainId, amount }: PayRequest): string {
  return `ethereum:${addressView(address).full}@${chainId}?value=${amount}`
}

/** The same as QR codes: all of it, and the address alone for scanners that understand no more. */
export function paymentCodes(request: PayRequest) {
  const { full } = addressView(request.address)
  return { request: qrCode(paymentUri(request)), address: qrCode(full) }
}

/** An address in groups of four, so that people can compare it: `0xf39F d6e5 …`. */
export function addressGroups(address: string): string[] {
  const [, first, rest] = /^(0x.{4})(.*)$/.exec(addressView(address).full)!
  return [first!, ...rest!.match(/.{4}/g)!]
}
