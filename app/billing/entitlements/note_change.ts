import type Entitlement from '#models/entitlement'
import EntitlementChange, { type ChangeCause } from '#models/entitlement_change'

interface Reason {
  cause: ChangeCause
  payment?: number
  note?: string
}

/** Notes a change of an entitlement in the transaction that makes it. */
export async function noteChange(
  { userId, plan, endsAt, $trx: client }: Entitlement,
  endsBefore: number,
  { cause, payment, note }: Reason,
  now: number
) {
  await EntitlementChange.create(
    {
      userId,
      cause,
      paymentId: payment ?? null,
      plan,
      endsBefore,
      endsAfter: endsAt,
      note: note ?? null,
      createdAt: now,
    },
    { client }
  )
}
