import type { TestContext } from '@japa/runner/core'
import logger from '@adonisjs/core/services/logger'
import { bytesToHex, parseEther } from 'viem'
import { HDKey, privateKeyToAccount } from 'viem/accounts'
import plans from '#config/plans'
import { systemClock, type Clock } from '#foundation/clock'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import Payment from '#models/payment'
import { depositAddressOf } from '#billing/addresses/deposit_address'
import { ExtendedKey } from '#billing/addresses/extended_key'
import { auditPayments } from '#billing/audit/audit_payments'
import type { PlanTerms } from '#config/plans'
import { PaymentWatcher } from '#billing/watcher/payment_watcher'
import { storeUser } from '#tests/support/api_token'
import { until } from '#tests/support/delivery'
import { someAddress } from '#tests/support/facts'
import { PayingChain } from '#tests/support/paying_chain'

export const DAY_MS = 86_400_000

/** Plans with prices of their own, whatever this installation charges. */
export const TERMS: PlanTerms = {
  ...plans,
  paid: {
    ...plans.paid,
    monthly: { price: parseEther('1'), lengthMs: 30 * DAY_MS, priority: 0 },
    yearly: { price: (parseEther('1') * 365n * 80n) / 3000n, lengthMs: 365 * DAY_MS, priority: 1 },
  },
  minimum: parseEther('0.001'),
}

const WALLET = HDKey.fromMasterSeed(new Uint8Array(32).fill(7)).derive(`m/44'/60'/0'`)

/** The xpub of a wallet that has nothing on a fresh chain. */
export const XPUB = WALLET.publicExtendedKey

/** The key of one of its addresses, which only its owner has. */
export function ownerOf(index: number) {
  const { privateKey } = WALLET.deriveChild(0).deriveChild(index)
  return privateKeyToAccount(bytesToHex(privateKey!))
}

/** How fast the watcher of a test is, unless the test says otherwise. */
const PACE = { activeMs: 5000, fullScanMs: 30_000, chunk: 200, requestsPerSecond: 1000 }

/** A chain, a watcher of it, and what it takes to give out addresses. */
export async function startBilling(
  test: TestContext['test'],
  clock: Clock = systemClock,
  { voices = 1, ...settings }: Partial<typeof PACE & { terms: PlanTerms; voices: number }> = {}
) {
  const chain = await PayingChain.start(test)
  const urls = Array.from({ length: voices }, () => chain.url)
  const place = { chainId: 56, endpoints: new EndpointPool(urls, 56, clock), clock }
  const watcher = new PaymentWatcher({ ...place, terms: TERMS, ...PACE, ...settings, logger })
  /** Has the watcher work until the test ends, or until what is answered is called. */
  const watch = () => {
    const stopping = new AbortController()
    const watching = watcher.run(stopping.signal)
    const stop = () => {
      stopping.abort()
      return watching
    }
    test.cleanup(stop)
    return stop
  }

  const someUser = async () => {
    const user = await storeUser(someAddress())
    const address = await depositAddressOf(user.id, { ...place, key: new ExtendedKey(XPUB) })
    return { user, address, pays: address.address }
  }
  const checkWhenFinal = async () => {
    await chain.finalize()
    await watcher.once()
  }
  const audit = () => auditPayments({ ...place, xpub: XPUB })
  /** Where the ledger is not what the chain says. */
  const differences = async () => {
    const proof = await audit()
    return [...proof.differences, ...proof.plans]
  }
  return { chain, ...place, watcher, watch, someUser, checkWhenFinal, audit, differences }
}

/** What was credited to a user, oldest first, in wei. */
export async function amountsOf(userId: number): Promise<bigint[]> {
  const payments = await Payment.query().where('owner_id', userId).orderBy('id')
  return payments.map(({ amount }) => amount)
}

/** Resolves when something was credited to a user. */
export function untilCredited(userId: number) {
  return until(async () => {
    const amounts = await amountsOf(userId)
    return amounts.length > 0
  })
}
