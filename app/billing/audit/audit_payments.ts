import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { watchedAddresses } from '#billing/addresses/active_addresses'
import { ExtendedKey } from '#billing/addresses/extended_key'
import { auditPlans, type PlanProof } from '#billing/audit/audit_plans'
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
  /** What code took out of addresses by the ledger; the chain does not say so any more. */
  taken_by_code: string
  /** Those where the ledger is not what the chain says. */
  differences: AddressProof[]
  /** Plans that are not what was paid and given for them. */
  plans: PlanProof[]
}

interface Audited {
  endpoints: EndpointPool
  chainId: number
  /** The extended public key (xpub) from which addresses follow, where each user has one. */
  xpub?: string
}

/**
 * Reckons anew, from the chain and the key alone, what every address has received, and compares
 * every row of the ledger with it; then, from what was received, what each plan is.
 *
 * @throws RpcFailure
 */
export async function auditPayments({ endpoints, chainId, xpub }: Audited): Promise<PaymentsProof> {
  const block = await finalizedBlock(endpoints)
  const source = { endpoints, block, key: xpub ? new ExtendedKey(xpub) : null }
  const differences: AddressProof[] = []
  let [addresses, received, credited, unassigned, byCode, afterId] = [0, 0n, 0n, 0n, 0n, 0]

  for (;;) {
    const part = await watchedAddresses(chainId).where('id', '>', afterId).limit(ADDRESSES_AT_ONCE)
    const proofs = await Promise.all(part.map((address) => auditAddress(source, address)))
    for (const proof of proofs) {
      addresses += 1
      received += BigInt(proof.received)
      credited += BigInt(proof.credited)
      unassigned += BigInt(proof.unassigned)
      byCode += BigInt(proof.taken_by_code)
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
    taken_by_code: String(byCode),
    differences,
    plans: await auditPlans(),
  }
}
