import * as Hash from 'ox/Hash'
import * as Rlp from 'ox/Rlp'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { hashOfHeader } from '#foundation/rpc/header_hash'

/** An account as the state of a block has it. The balance is in wei. */
export interface ProvenAccount {
  balance: bigint
  nonce: number
}

type Hex = `0x${string}`

/**
 * The account at the end of a block, proven by trie nodes that lead to it from the root in the
 * block's header (eth_getProof, EIP-1186). The header has to make its own hash, and more endpoints
 * have to show that hash than any other; where one alone answers, it stands for itself.
 *
 * @returns null where no endpoint gives such a proof: many do not serve the method
 */
export async function provenAccount(
  endpoints: EndpointPool,
  address: string,
  block: number
): Promise<ProvenAccount | null> {
  const root = await stateRootOf(endpoints, block)
  if (!root) return null

  const params = [address, [], `0x${block.toString(16)}`]
  const answers = await endpoints.askEach((endpoint) => endpoint.call('eth_getProof', params))
  for (const answer of answers) {
    const { accountProof } = (answer ?? {}) as { accountProof?: unknown }
    const account = isNodes(accountProof) ? accountInProof(root, address, accountProof) : null
    if (account) return account
  }
  return null
}

/** Null where endpoints do not agree on the block, or its fields do not make its hash. */
async function stateRootOf(endpoints: EndpointPool, block: number): Promise<Hex | null> {
  const headers = await endpoints.askEach((endpoint) => readFields(endpoint, block))
  const byHash = Map.groupBy(headers, ({ hash }) => hash)
  const [most, next] = [...byHash.values()].sort((one, other) => other.length - one.length)
  if (!most || most.length === next?.length) return null

  const [header] = most
  return hashOfHeader(header!) === header!.hash ? (header!.stateRoot as Hex) : null
}

async function readFields(endpoint: Endpoint, block: number): Promise<Record<string, unknown>> {
  const answer = await endpoint.call('eth_getBlockByNumber', [`0x${block.toString(16)}`, false])
  return (answer ?? {}) as Record<string, unknown>
}

function isNodes(value: unknown): value is Hex[] {
  return Array.isArray(value) && value.every((node) => typeof node === 'string' && HEX.test(node))
}

const HEX = /^0x([0-9a-f]{2})+$/i
const EMPTY = '0x'
const BRANCH_LENGTH = 17
const NONE: ProvenAccount = { balance: 0n, nonce: 0 }

/**
 * Follows the nodes of a Merkle Patricia trie from its root to an account (Ethereum yellow paper,
 * appendix D). A path that ends early proves that there is no such account.
 *
 * @returns null where the nodes do not hang together
 */
export function accountInProof(
  root: Hex,
  address: string,
  nodes: readonly Hex[]
): ProvenAccount | null {
  const path = Hash.keccak256(address as Hex, { as: 'Hex' }).slice(2)
  let expected: unknown = root
  let depth = 0
  for (const node of nodes) {
    if (Hash.keccak256(node, { as: 'Hex' }) !== expected) return null
    const items = decoded(node)
    if (items?.length === BRANCH_LENGTH) {
      expected = items[Number.parseInt(path[depth]!, 16)]
      depth += 1
    } else if (items?.length === 2) {
      const { steps, isLeaf } = stepsIn(items[0] as Hex)
      if (path.slice(depth, depth + steps.length) !== steps) return NONE
      if (isLeaf) return accountIn(items[1] as Hex)
      expected = items[1]
      depth += steps.length
    } else {
      return null
    }
    if (expected === EMPTY) return NONE
  }
  return null
}

function decoded(node: Hex): readonly unknown[] | null {
  try {
    const items = Rlp.toHex(node)
    return Array.isArray(items) ? items : null
  } catch {
    return null
  }
}

/** The first digit tells whether the steps are odd in number (1) and lead to a value (2). */
function stepsIn(compact: Hex): { steps: string; isLeaf: boolean } {
  const flag = Number.parseInt(compact[2]!, 16)
  return { steps: compact.slice(flag % 2 === 1 ? 3 : 4), isLeaf: flag >= 2 }
}

/** Nonce, balance, root of the storage, hash of the code. */
function accountIn(value: Hex): ProvenAccount | null {
  const [nonce, balance] = (decoded(value) ?? []) as (Hex | undefined)[]
  if (nonce === undefined || balance === undefined) return null
  return { balance: numberOf(balance), nonce: Number(numberOf(nonce)) }
}

function numberOf(hex: Hex): bigint {
  return hex === EMPTY ? 0n : BigInt(hex)
}
