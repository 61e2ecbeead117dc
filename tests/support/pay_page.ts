import type { TestContext } from '@japa/runner/core'
import User from '#models/user'
import billingConfig from '#config/billing'
import plans from '#config/plans'
import { systemClock } from '#foundation/clock'
import { appUrl } from '#tests/support/app_url'
import { startBilling, XPUB } from '#tests/support/billing'
import { EventStreamReader } from '#tests/support/event_stream'
import { someWallet, Visitor } from '#tests/support/visitor'

/** Sets up where the application receives, until the test ends. */
export function receiveWith(test: TestContext['test'], settings: Partial<typeof billingConfig>) {
  const before = { ...billingConfig }
  Object.assign(billingConfig, settings)
  test.cleanup(() => void Object.assign(billingConfig, before))
}

/** A local chain on which the application receives, and a running watcher that polls this often. */
export async function startPaying(test: TestContext['test'], activeMs = 250) {
  const billing = await startBilling(test, systemClock, { activeMs, terms: plans })
  receiveWith(test, { endpoints: [billing.chain.url], xpub: XPUB })
  billing.watch()
  return billing
}

/** A user who has logged in with a wallet. */
export async function payer(wallet = someWallet()) {
  const visitor = new Visitor()
  await visitor.logIn(wallet)
  const user = await User.findByOrFail('wallet_address', wallet.address.toLowerCase())
  return { visitor, user, wallet }
}

/** The address that a pay page names, in lower case. */
export function addressOn(page: string): `0x${string}` {
  return /data-to="(0x[0-9a-f]{40})"/.exec(page)![1] as `0x${string}`
}

/** How far a payment is, as a page says it. */
export function stageOn(page: string): string | undefined {
  return /data-stage="(\w+)"/.exec(page)?.[1]
}

/** A pay page that is left open. */
export class OpenPayPage {
  static async open(test: TestContext['test'], visitor: Visitor) {
    const reader = await EventStreamReader.open(appUrl('/renew/live'), visitor.headers)
    test.cleanup(() => reader.close())
    return new OpenPayPage(reader)
  }

  private constructor(private readonly reader: EventStreamReader) {}

  /** What it shows once it says this, however many changes that takes. */
  async until(stage: string, text = ''): Promise<string> {
    for (;;) {
      const [event] = await this.reader.next(1)
      if (stageOn(event!.data!) === stage && event!.data!.includes(text)) return event!.data!
    }
  }
}
