import type { InfoState, TronHash } from '#sources/tron/records'
import type { StakeEffects } from '#sources/tron/transaction_info'
import { readEffects } from '#collectors/tron/node_answers'
import type { TronNode } from '#collectors/tron/tron_node'
import type { TronNodes } from '#collectors/tron/tron_nodes'

/** What a transaction moved, and what stands behind that. */
export interface KnownEffects {
  effects?: StakeEffects
  infoState: InfoState
}

/**
 * Reads what transactions of a block moved, which no root covers: from two nodes where there are two.
 * Where they contradict each other, most decide, and who told otherwise is marked; where none do, nothing
 * is known. A node without an info says nothing.
 */
export async function knownEffects(
  nodes: TronNodes,
  number: number,
  ids: readonly TronHash[]
): Promise<Map<TronHash, KnownEffects>> {
  const answers: Answer[] = []
  for (const node of nodes.unmarked.length > 0 ? nodes.unmarked : nodes.endpoints) {
    const told = await nodes.askFirstOf([node], (each) => readEffects(each, number))
    if (told) answers.push({ node, told })
    if (ids.every((id) => decide(answers, id).infoState === 'agreed')) break
  }
  for (const id of ids) markOthers(nodes, number, id, answers)
  return new Map(ids.map((id) => [id, decide(answers, id)]))
}

interface Answer {
  node: TronNode
  told: Map<TronHash, StakeEffects>
}

function decide(answers: Answer[], id: TronHash): KnownEffects {
  const told = answers.flatMap((answer) => answer.told.get(id) ?? [])
  const byWords = [...Map.groupBy(told, wordsOf).values()]
  const [most, next] = byWords.toSorted((one, other) => other.length - one.length)
  if (!most) {
    return { infoState: 'missing' }
  }
  if (most.length > 1 && most.length > (next?.length ?? 0)) {
    return { effects: most[0], infoState: 'agreed' }
  }
  return next ? { infoState: 'missing' } : { effects: most[0], infoState: 'single' }
}

function markOthers(nodes: TronNodes, number: number, id: TronHash, answers: Answer[]) {
  const { effects, infoState } = decide(answers, id)
  for (const { node, told } of answers) {
    const own = told.get(id)
    if (infoState === 'agreed' && own && wordsOf(own) !== wordsOf(effects!)) {
      nodes.mark(node, 'wrong_amounts', `told other amounts of block ${number} than most others`)
    }
  }
}

function wordsOf({ withdrawnSun, cancelledSun }: StakeEffects): string {
  return [withdrawnSun, ...Object.entries(cancelledSun).toSorted()].join()
}
