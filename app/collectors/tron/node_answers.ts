import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { GivenBlock } from '#sources/tron/block'
import { readBlockJson, readHeaderJson } from '#sources/tron/block_json'
import type { TronHeader } from '#sources/tron/header'
import { arrayOf, objectOf } from '#sources/tron/json'
import type { TronHash } from '#sources/tron/records'
import { readTransactionInfos, type StakeEffects } from '#sources/tron/transaction_info'
import type { TronNode } from '#collectors/tron/tron_node'

/**
 * The header of a block, or of the newest one: an answer of a kilobyte.
 *
 * @throws RpcFailure `lagging` when this node has not got it
 */
export function readHeader(node: TronNode, number: number | 'newest'): Promise<TronHeader> {
  const wanted = number === 'newest' ? {} : { id_or_num: String(number) }
  return node.ask('getblock', { ...wanted, detail: false }, (answer) => {
    const header = readHeaderJson(presentOf(node, answer, number))
    return numbered(node, header, number)
  })
}

/**
 * The height that a node calls solid.
 *
 * @throws RpcFailure
 */
export function readSolidNumber(node: TronNode): Promise<number> {
  const read = (answer: unknown) => readHeaderJson(presentOf(node, answer, 'newest')).number
  return node.ask('getblock', { detail: false }, read, 'walletsolidity')
}

/**
 * A block with its transactions.
 *
 * @throws RpcFailure `lagging` when this node has not got it
 */
export function readBlock(node: TronNode, number: number): Promise<GivenBlock> {
  return node.ask('getblockbynum', { num: number }, (answer) => {
    const block = readBlockJson(presentOf(node, answer, number))
    numbered(node, block.header, number)
    return block
  })
}

/**
 * The blocks from a number on, up to another one or to the newest, without a gap: where one is left
 * out, those after it are not answered either.
 *
 * @throws RpcFailure
 */
export function readBlocks(node: TronNode, from: number, to: number): Promise<GivenBlock[]> {
  return node.ask('getblockbylimitnext', { startNum: from, endNum: to + 1 }, (answer) => {
    const { block = [] } = objectOf(answer, 'a list of blocks')
    const blocks = arrayOf(block, 'blocks').map(readBlockJson)
    const gap = blocks.findIndex(({ header }, index) => header.number !== from + index)
    return gap < 0 ? blocks : blocks.slice(0, gap)
  })
}

/**
 * What stake transactions of a block moved, by id.
 *
 * @throws RpcFailure
 */
export function readEffects(node: TronNode, number: number): Promise<Map<TronHash, StakeEffects>> {
  return node.ask('gettransactioninfobyblocknum', { num: number }, readTransactionInfos)
}

/** The id of block 0, whose header is unlike any other. */
export function readGenesisId(node: TronNode): Promise<unknown> {
  const read = (answer: unknown) => presentOf(node, answer, 0).blockID
  return node.ask('getblock', { id_or_num: '0', detail: false }, read)
}

/** `{}` stands for a block that a node has not got, whether it exists or not. */
function presentOf(node: TronNode, answer: unknown, number: number | 'newest') {
  const block = objectOf(answer, 'a block')
  if (Object.keys(block).length === 0) {
    throw new RpcFailure('lagging', `${node.name} answered no block for ${number}`)
  }
  return block
}

function numbered(node: TronNode, header: TronHeader, number: number | 'newest'): TronHeader {
  if (number !== 'newest' && header.number !== number) {
    throw new RpcFailure('malformed', `${node.name} answered another block than ${number}`)
  }
  return header
}
