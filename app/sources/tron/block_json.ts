import { givenBlock, type GivenBlock } from '#sources/tron/block'
import { TronDecodeError } from '#sources/tron/decode_error'
import { contradictionOf, type DecodedContract } from '#sources/tron/contradictions'
import { readHeader, type TronHeader } from '#sources/tron/header'
import { arrayOf, hexOf, integerOf, objectOf, textOf, type JsonObject } from '#sources/tron/json'
import { writeMessage } from '#sources/tron/protobuf_writer'
import { isStakeName, kindOf } from '#sources/tron/stake_contracts'
import type { TronTransaction } from '#sources/tron/transaction'
import { writeTransactions, type TransactionParts } from '#sources/tron/transaction_bytes'

/**
 * Reads a block as HTTP answers it, with `visible` unset. The header's bytes are rebuilt from its
 * fields, a transaction's from `raw_data_hex`, `signature` and `ret`; what nodes leave out of JSON,
 * such as fields that they do not know, is missing then and the root does not match. The decoded
 * `raw_data` beside the bytes is not read, but compared with them.
 *
 * @throws TronDecodeError for what is no block: `{}` is also the answer for one that a node has not got
 */
export function readBlockJson(answer: unknown): GivenBlock {
  const block = objectOf(answer, 'a block')
  const header = readHeaderJson(block)
  const given = arrayOf(block.transactions ?? [], 'transactions').map((each) =>
    objectOf(each, 'a transaction')
  )
  const written = writeTransactions(given.map(partsOf))
  return givenBlock(header, written, firstContradiction(written.transactions, given))
}

/**
 * Reads the header of a block as HTTP answers it, with its transactions or without.
 *
 * @throws TronDecodeError
 */
export function readHeaderJson({ blockID, block_header: answered }: JsonObject): TronHeader {
  const header = headerOf(objectOf(answered, 'a block header'))
  if (blockID !== header.id) {
    throw new TronDecodeError(`block ${header.number} has another id than its header`)
  }
  return header
}

function headerOf(header: JsonObject): TronHeader {
  const raw = objectOf(header.raw_data, 'the raw data of a header')
  const bytes = writeMessage([
    [1, integerOf(raw.timestamp)],
    [2, hexOf(raw.txTrieRoot)],
    [3, hexOf(raw.parentHash)],
    [7, integerOf(raw.number)],
    [8, integerOf(raw.witness_id)],
    [9, hexOf(raw.witness_address)],
    [10, integerOf(raw.version)],
    ...(raw.accountStateRoot ? [[11, hexOf(raw.accountStateRoot)] as [number, Buffer]] : []),
  ])
  return readHeader(bytes, hexOf(header.witness_signature ?? ''))
}

function partsOf(transaction: JsonObject): TransactionParts {
  return {
    rawDataHex: textOf(transaction.raw_data_hex),
    signaturesHex: arrayOf(transaction.signature ?? [], 'signatures').map(textOf),
    results: arrayOf(transaction.ret ?? [], 'results').map(resultOf),
  }
}

/** `contractResult` of java-tron's Tron.proto, by its number. */
const CONTRACT_RESULTS = [
  'DEFAULT',
  'SUCCESS',
  'REVERT',
  'BAD_JUMP_DESTINATION',
  'OUT_OF_MEMORY',
  'PRECOMPILED_CONTRACT',
  'STACK_TOO_SMALL',
  'STACK_TOO_LARGE',
  'ILLEGAL_OPERATION',
  'STACK_OVERFLOW',
  'OUT_OF_ENERGY',
  'OUT_OF_TIME',
  'JVM_STACK_OVER_FLOW',
  'UNKNOWN',
  'TRANSFER_FAILED',
  'INVALID_CODE',
]

/** `Transaction.Result`: the one who broadcasts a transaction may add further ones, with amounts of their own. */
function resultOf(answer: unknown): Buffer {
  const result = objectOf(answer, 'a result')
  const { contractRet, ...others } = result
  const code = Math.max(0, CONTRACT_RESULTS.indexOf(String(contractRet ?? 'DEFAULT')))
  if (Object.keys(others).length === 0) {
    return PLAIN_RESULTS[code]!
  }
  return writeMessage([
    [1, integerOf(result.fee)],
    [2, result.ret === 'FAILED' ? 1 : 0],
    [3, code],
    [15, integerOf(result.withdraw_amount)],
    [16, integerOf(result.unfreeze_amount)],
  ])
}

/** Nearly all results are a code alone. */
const PLAIN_RESULTS = CONTRACT_RESULTS.map((_, code) => writeMessage([[3, code]]))

/** What a node says of stake, or calls stake, is compared with the bytes. */
function firstContradiction(
  transactions: readonly TronTransaction[],
  given: JsonObject[]
): string | null {
  for (const [index, transaction] of transactions.entries()) {
    const { txID, raw_data: decoded } = given[index]!
    const isStake = kindOf(transaction.type) !== null
    if (!isStake && !isCalledStake(decoded)) continue

    const { id } = transaction
    if (txID !== id) {
      return `calls transaction ${id} ${String(txID).slice(0, 64)}`
    }
    const found = contradictionOf(transaction, contractsOf(decoded))
    if (found) return `tells ${found} of transaction ${id} than its bytes hold`
  }
  return null
}

function isCalledStake(decoded: unknown): boolean {
  const { contract } = (decoded ?? {}) as JsonObject
  return Array.isArray(contract) && contract.some((each) => isStakeName(String(each?.type)))
}

function contractsOf(decoded: unknown): DecodedContract[] {
  const { contract } = objectOf(decoded ?? {}, 'decoded raw data')
  return arrayOf(contract ?? [], 'contracts').map((each) => {
    const { type, parameter, Permission_id: permissionId } = objectOf(each, 'a contract')
    const { value } = objectOf(parameter ?? {}, 'a parameter')
    return {
      type: String(type),
      permissionId: integerOf(permissionId),
      value: objectOf(value ?? {}, 'the value of a parameter'),
    }
  })
}
