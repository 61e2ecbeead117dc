import dns from 'node:dns'
import { isIPv6 } from 'node:net'
import { syncBuiltinESMExports } from 'node:module'
import { getActiveTest } from '@japa/runner'
import { hostNames } from '#foundation/net/host_names'

/**
 * Until the test ends every name has these addresses, in this order; null: no name is answered.
 *
 * @param onAnswered is called once the answer has been used
 */
export function answerNames(addresses: readonly string[] | null, onAnswered = () => {}) {
  const { lookup } = dns
  const { addressesOf } = hostNames
  getActiveTest()?.cleanup(() => {
    hostNames.addressesOf = addressesOf
    dns.lookup = lookup
    syncBuiltinESMExports()
  })
  const answers = addresses?.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  dns.lookup = ((_: string, __: object, callback: (...answer: unknown[]) => void) => {
    if (answers) {
      process.nextTick(callback, null, answers)
      setImmediate(onAnswered)
    }
  }) as unknown as typeof lookup
  syncBuiltinESMExports()
  hostNames.addressesOf = () => {
    setImmediate(onAnswered)
    return addresses ? Promise.resolve(addresses) : new Promise(() => {})
  }
}
