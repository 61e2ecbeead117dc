import { needsInfo, recordsOf } from '#sources/tron/make_records'
import { readStake, type BlockStake, type Watched } from '#sources/tron/read_stake'
import type { TronBlock, TronReading } from '#sources/tron/records'
import type { Signers } from '#sources/tron/signatures'
import type { UnreadRange } from '#collectors/chain_reader'
import type { FinalBlock } from '#collectors/tron/final_blocks'
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
}

/** What final blocks hold, and those of them that have to be read again. */
export interface FinalReading {
  reading: TronReading
  gaps: UnreadRange[]
}

/**
 * Reads the stake of final blocks. A block whose transactions are in dispute is left out, one whose
 * TransactionInfo is missing or in dispute is read without those amounts: both are gaps.
 *
 * @throws RpcFailure
 */
export async function readFinal(
  tools: ReadingTools,
  blocks: readonly FinalBlock[]
): Promise<FinalReading> {
  const watched = await tools.watched()
  const read: FinalReading = { reading: { blocks: [] }, gaps: [] }
  for (const block of blocks) {
    const proven = await proveTransactions(tools.nodes, tools.grpc, block)
    if (!proven) {
      read.gaps.push(unproven(block, 'nodes show different transactions of it'))
      continue
    }
    const made = await readOne(
      tools,
      block,
      proven,
      readStake(proven.given, watched, tools.signers)
    )
    read.reading.blocks.push(made)
    if (made.records.some(({ infoState }) => infoState === 'missing')) {
      read.gaps.push(unproven(block, 'no two nodes tell what its transactions moved'))
    }
  }
  return read
}

async function readOne(
  { nodes, delay }: ReadingTools,
  block: FinalBlock,
  { given, proof }: ProvenBlock,
  { transactions, counts, unreadable }: BlockStake
): Promise<TronBlock> {
  const { number, id, parentId, timestampMs, previousTimeMs, witness } = block
  const wanting = transactions.filter(needsInfo).map(({ txId }) => txId)
  const known = wanting.length > 0 ? await knownEffects(nodes, number, wanting) : null
  const unfreezes = transactions.some(({ action }) => action.kind === 'unfreeze')
  const unfreezeDelayDays = unfreezes ? await delay.days() : 0

  const records = transactions.flatMap((transaction) => {
    const effects = known?.get(transaction.txId) ?? NOT_NEEDED
    return recordsOf(transaction, { previousTimeMs, unfreezeDelayDays, ...effects })
  })
  const place = { number, id, parentId, timestampMs, parentTimestampMs: previousTimeMs, witness }
  return { ...place, txCount: given.transactions.length, proof, counts, records, unreadable }
}

const NOT_NEEDED: KnownEffects = { infoState: 'not_needed' }

function unproven({ number }: FinalBlock, detail: string): UnreadRange {
  return { from: number, to: number, reason: 'unproven', detail }
}
