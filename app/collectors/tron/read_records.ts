import { needsInfo, recordsOf } from '#sources/tron/make_records'
import { isWatched, signersOf, type StakeTransaction, type Watched } from '#sources/tron/read_stake'
import type { TronBlock, TronReading } from '#sources/tron/records'
import type { Signers } from '#sources/tron/signatures'
import type { UnreadRange } from '#collectors/chain_reader'
import type { LinkedBlock } from '#collectors/tron/final_blocks'
import type { GrpcBlocks } from '#collectors/tron/grpc_blocks'
import { proveTransactions, type ProvenBlock } from '#collectors/tron/prove_transactions'
import { knownEffects, type KnownEffects } from '#collectors/tron/read_effects'
import type { TronNodes } from '#collectors/tron/tron_nodes'
import type { UnfreezeDelay } from '#collectors/tron/unfreeze_delay'

export interface ReadingTools {
  nodes: TronNodes
  grpc: GrpcBlocks
  delay: UnfreezeDelay
  signers: Signers
  /** Which accounts' stake is stored. */
  watched: () => Promise<Watched>
  /** Of which of them it is told who signed: each signature takes longer than all else of its record. */
  signedBy: () => Promise<Watched>
}

/** What final blocks hold, and those of them that have to be read again. */
export interface RecordsReading {
  reading: TronReading
  gaps: UnreadRange[]
}

/** Their signatures are verified beside the main thread, and their TransactionInfos asked for, at once. */
const BLOCKS_AT_ONCE = 10

/**
 * Reads the stake of final blocks. A block whose transactions are in dispute is left out, one whose
 * TransactionInfo is missing or in dispute is read without those amounts: both are gaps.
 *
 * @throws RpcFailure
 */
export async function readRecords(
  tools: ReadingTools,
  blocks: readonly LinkedBlock[]
): Promise<RecordsReading> {
  const [watched, signedBy] = await Promise.all([tools.watched(), tools.signedBy()])
  const read: RecordsReading = { reading: { blocks: [] }, gaps: [] }
  const proven: [LinkedBlock, ProvenBlock][] = []
  for (const block of blocks) {
    const proof = await proveTransactions(tools.nodes, tools.grpc, block)
    if (proof) proven.push([block, proof])
    else read.gaps.push(unproven(block, 'nodes show different transactions of it'))
  }
  for (let from = 0; from < proven.length; from += BLOCKS_AT_ONCE) {
    const some = proven.slice(from, from + BLOCKS_AT_ONCE)
    const made = await Promise.all(
      some.map(([block, proof]) => readOne(tools, block, proof, { watched, signedBy }))
    )
    for (const [at, block] of made.entries()) {
      read.reading.blocks.push(block)
      if (block.records.some(({ infoState }) => infoState === 'missing')) {
        read.gaps.push(unproven(some[at]![0], 'no two nodes tell what its transactions moved'))
      }
    }
  }
  return read
}

async function readOne(
  { nodes, delay, signers }: ReadingTools,
  block: LinkedBlock,
  { given, proof }: ProvenBlock,
  { watched, signedBy }: { watched: Watched; signedBy: Watched }
): Promise<TronBlock> {
  const { number, id, parentId, timestampMs, previousTimeMs, witness } = block
  const { counts, unreadable } = given.stake
  const transactions = given.stake.transactions.filter(({ action }) => isWatched(action, watched))
  const wanting = transactions.filter(needsInfo).map(({ txId }) => txId)
  const known = wanting.length > 0 ? await knownEffects(nodes, number, wanting) : null
  const unfreezes = transactions.some(({ action }) => action.kind === 'unfreeze')
  const unfreezeDelayDays = unfreezes ? await delay.days() : 0

  const recordsIn = async (transaction: StakeTransaction) => {
    const effects = known?.get(transaction.txId) ?? NOT_NEEDED
    const isTold = isWatched(transaction.action, signedBy)
    const signed = isTold ? await signersOf(transaction, signers) : []
    return recordsOf(transaction, {
      previousTimeMs,
      unfreezeDelayDays,
      signers: signed,
      ...effects,
    })
  }
  const records = await Promise.all(transactions.map(recordsIn))
  const place = { number, id, parentId, timestampMs, parentTimestampMs: previousTimeMs, witness }
  return { ...place, txCount: given.txCount, proof, counts, records: records.flat(), unreadable }
}

const NOT_NEEDED: KnownEffects = { infoState: 'not_needed' }

function unproven({ number }: LinkedBlock, detail: string): UnreadRange {
  return { from: number, to: number, reason: 'unproven', detail }
}
