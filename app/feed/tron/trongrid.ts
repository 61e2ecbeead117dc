import type { FactRow } from '#facts/define_fact'
import { DELEGATE_OPERATIONS } from '#facts/tron_delegation'
import { STAKE_OPERATIONS } from '#facts/tron_stake'
import { answerText } from '#foundation/net/answer_text'
import { readTronAddress } from '#foundation/text/tron_address'
import { recordColumns } from '#feed/tron/record_pages'

/** How long TronGrid may take, in milliseconds. */
const TIMEOUT_MS = 5_000

/** The longest answer that is read, in bytes: 200 transactions have less than a million. */
const LONGEST_ANSWER = 8_388_608

/** Transactions that it answers at once, at most. */
const MOST = 200

/** The kinds of contracts that records are made of (java-tron `Contract.proto`). */
const OPERATIONS: Record<string, string> = {
  FreezeBalanceV2Contract: 'freeze',
  UnfreezeBalanceV2Contract: 'unfreeze',
  WithdrawExpireUnfreezeContract: 'withdraw',
  CancelAllUnfreezeV2Contract: 'cancel',
  DelegateResourceContract: 'delegate',
  UnDelegateResourceContract: 'undelegate',
}

interface Asked {
  list: 'stake' | 'delegate'
  address: string
  operation?: string
  resource?: string
  page: number
  limit: number
}

/**
 * The newest records of an account as TronGrid tells them (`GET /v1/accounts/{address}/transactions`):
 * proven by nothing, and only those among its last 200 transactions. For when the database cannot be
 * read.
 *
 * @param gridUrl where TronGrid is, without a path
 * @throws when it does not answer, or not as documented
 */
export async function askTronGrid(
  gridUrl: string,
  { list, address, operation, resource, page, limit }: Asked
): Promise<FactRow[]> {
  const url = new URL(`/v1/accounts/${address}/transactions`, gridUrl)
  url.search = `only_confirmed=true&only_from=true&limit=${MOST}&order_by=block_timestamp,desc`
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
  const text = await answerText(response.body!, false, LONGEST_ANSWER)
  const answer = JSON.parse(text ?? '{}') as { success?: boolean; data?: GridTransaction[] }
  if (!response.ok || !answer.success || !Array.isArray(answer.data)) {
    throw new Error(`TronGrid answered ${response.status} without transactions`)
  }
  const operations: readonly string[] = list === 'stake' ? STAKE_OPERATIONS : DELEGATE_OPERATIONS
  const records = answer.data
    .filter(({ ret }) => ret?.[0]?.contractRet === 'SUCCESS')
    .map((transaction) => recordOf(transaction, list))
    .filter((record) => record !== null)
    .filter(({ operation_type: kind }) => operations.includes(String(kind)))
    .filter(({ operation_type: kind }) => operation === undefined || operation === kind)
    .filter(({ resource_type: kind }) => resource === undefined || resource === kind)
  return records.slice((page - 1) * limit, page * limit)
}

interface GridTransaction {
  txID: string
  blockNumber?: number
  block_timestamp?: number
  ret?: { contractRet?: string }[]
  raw_data?: {
    contract?: {
      type: string
      Permission_id?: number
      parameter?: { value?: Record<string, string | number | boolean> }
    }[]
  }
}

/** What is not told is null. Fields that hold their first value are left out by the nodes. */
function recordOf(transaction: GridTransaction, list: Asked['list']): FactRow | null {
  const [contract] = transaction.raw_data?.contract ?? []
  const operation = OPERATIONS[contract?.type ?? '']
  const value = contract?.parameter?.value
  if (!operation || !value) {
    return null
  }
  const amount = value.frozen_balance ?? value.unfreeze_balance ?? value.balance ?? null
  const hasResource = operation !== 'withdraw' && operation !== 'cancel'
  const told: FactRow = {
    operation_type: operation,
    owner_address: readTronAddress(String(value.owner_address)),
    receiver_address: readTronAddress(String(value.receiver_address)),
    resource_type: hasResource ? String(value.resource ?? 'BANDWIDTH') : null,
    amount: amount === null ? null : String(amount),
    status: 'confirmed',
    permission_id: contract?.Permission_id ?? 0,
    tx_hash: transaction.txID,
    contract_index: 0,
    block_number: transaction.blockNumber ?? null,
    event_time: transaction.block_timestamp ?? null,
  }
  return Object.fromEntries(recordColumns(list).map((name) => [name, told[name] ?? null]))
}
