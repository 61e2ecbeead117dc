import Payment from '#models/payment'

/** A payment as the operator sees it. Amounts are wei in decimal text, times epoch milliseconds. */
export interface ListedPayment {
  id: number
  /** The user it is credited to; null waits to be assigned. */
  user_id: number | null
  amount: string
  sender: string | null
  tx_hash: string | null
  address: string
  from_block: number
  to_block: number
  entitled_until: number | null
  paid_at: number
}

interface Choice {
  /** Only those that are credited to no user. */
  unassigned?: boolean
  userId?: number
  /** Only those with a smaller id. */
  before?: number
  limit: number
}

/** The newest payments first. */
export async function listPayments({
  unassigned,
  userId,
  before,
  limit,
}: Choice): Promise<ListedPayment[]> {
  const query = Payment.query().orderBy('id', 'desc').limit(limit)
  if (unassigned) query.whereNull('owner_id')
  if (before) query.where('id', '<', before)
  if (userId !== undefined) query.where('owner_id', userId)

  const payments = await query
  return payments.map((payment) => ({
    id: payment.id,
    user_id: payment.ownerId,
    amount: String(payment.amount),
    sender: payment.sender,
    tx_hash: payment.txHash,
    address: payment.address,
    from_block: payment.fromBlock,
    to_block: payment.toBlock,
    entitled_until: payment.entitledUntil,
    paid_at: payment.eventTime,
  }))
}
