import { systemClock, type Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { switchAllOn } from '#accounts/subscriptions'
import { startTrial } from '#billing/plans/change_plan'
import { storeUser } from '#tests/support/api_token'
import { TERMS } from '#tests/support/billing'
import { someAddress } from '#tests/support/facts'

/** A user whose trial begins now, with every switch on. */
export async function storeTrialUser(clock: Clock = systemClock) {
  const user = await storeUser(someAddress())
  await writeTransaction((trx) => switchAllOn(trx, user.id, clock.now()))
  await startTrial(user.id, { terms: TERMS, clock })
  return user
}
