import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getActiveTest } from '@japa/runner'
import type { Clock } from '#foundation/clock'
import type OkxAccount from '#models/okx_account'
import { reviewOrders } from '#orders/review_orders'
import { PackageFiles } from '#verification/evidence/package_files'
import { signingKeyOf } from '#verification/evidence/signature'
import type { AskVenue } from '#verification/work/gather_raw'
import { Verifier } from '#verification/work/verifier'
import { openVenue } from '#tests/support/local_okx'
import { askAt, LIMITS, record, storeOkxAccount } from '#tests/support/orders'

/** How long an attempt may take, in milliseconds. */
export const TIMEOUT_MS = 300_000
/** A signal that never aborts. */
export const NEVER = new AbortController().signal

/** A venue with an order that was filled, as a listener has recorded it. */
export async function filledOrder(fields: Partial<OkxAccount> = {}) {
  const opened = openVenue()
  const { okx, venue, account: trader, clock } = opened
  venue.setPrice('BTC-USDT-SWAP', '60000')
  trader.place({
    instId: 'BTC-USDT-SWAP',
    tdMode: 'isolated',
    side: 'buy',
    ordType: 'market',
    sz: '1',
  })
  const { ordId } = trader.place({
    instId: 'BTC-USDT-SWAP',
    tdMode: 'isolated',
    side: 'sell',
    ordType: 'market',
    sz: '1',
  })
  await opened.pass(10_000)
  const account = await storeOkxAccount({ uid: trader.ledger.uid, ...fields })
  const order = await record(okx, trader, account, ordId)
  await reviewOrders(LIMITS, clock)
  return { ...opened, trader, account, order, ask: askAt(okx, trader) }
}

/** Works on the queues, and keeps packages in a folder of its own until the test ends. */
export async function newVerifier(clock: Clock, ask: AskVenue) {
  const folder = await mkdtemp(join(tmpdir(), 'evidence-'))
  getActiveTest()!.cleanup(() => rm(folder, { recursive: true }))
  const files = new PackageFiles(folder)
  const logger = { warn() {} }
  const options = { ask, files, clock: clock as never, logger: logger as never }
  const signingKey = signingKeyOf('07'.repeat(32))
  return {
    files,
    folder,
    verifier: new Verifier({ ...options, signingKey, timeoutMs: TIMEOUT_MS }),
  }
}
