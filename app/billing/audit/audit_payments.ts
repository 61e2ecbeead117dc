import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { watchedAddresses } from '#billing/addresses/active_addresses'
import { auditAddress, type AddressProof } from '#billing/audit/audit_address'
import { finalizedBlock } from '#billing/watcher/account_state'

/** How many addresses are audited at once. */
const ADDRESSES_AT_ONCE = 16

export interface PaymentsProof {
  /** The final block at the end of which the chain was read. */
  block: number
  addresses: number
  /** In wei, as decimal text. */
  received: string
  credited: string
  unassigned: string
  /** Those where the ledger is not what the chain says. */
  differences: AddressProof[]
}

/**
 * Reckons anew, from the chain alone, what every address has received, and compares it with the
 * ledger.
 *
 * @throws RpcFailure
 */
export async function auditPayments(
  endpoints: EndpointPool,
  chainId: number
): Promise<PaymentsProof> {
  const block = await finalizedBlock(endpoints)
  const differences: AddressProof[] = []
  let [addresses, received, credited, unassigned, afterId] = [0, 0n, 0n, 0n, 0]

  for (;;) {
    const part = await watchedAddresses(chainId).where('id', '>', afterId).limit(ADDRESSES_AT_ONCE)
    const proofs = await Promise.all(part.map((address) => auditAddress(endpoints, address, block)))
    for (const proof of proofs) {
      addresses += 1
      received += BigInt(proof.received)
      credited += BigInt(proof.credited)
      unassigned += BigInt(proof.unassigned)
      if (proof.difference !== null) differences.push(proof)
    }
    if (part.length < ADDRESSES_AT_ONCE) break
    afterId = part.at(-1)!.id
  }
  return {
    block,
    addresses,
    received: String(received),
    credited: String(credited),
    unassigned: String(unassigned),
    differences,
  }
}
