import type { Ledger } from '#demo/tron/accounts'
import type { PlayBlock } from '#demo/tron/block'
import type { TransactionInfo } from '#demo/tron/transaction_info'
import type { TronChain } from '#demo/tron/tron_chain'
import type { Witnesses } from '#demo/tron/witnesses'

/** The chain as one node tells it. A fault puts a view of its own before another. */
export interface ChainView {
  /** Heights. */
  readonly head: number
  readonly solid: number
  readonly witnesses: Witnesses
  /** Undefined where the node has none, or says so. */
  block(number: number): PlayBlock | undefined
  /** Of the transactions of a block. Empty where the node has none. */
  infos(number: number): TransactionInfo[]
  ledger(number: number): Ledger
  /** The height of the block that holds a transaction. */
  blockOfTransaction(id: string): number | undefined
}

export function viewOf(chain: TronChain): ChainView {
  return {
    get head() {
      return chain.head.number
    },
    get solid() {
      return chain.solidNumber
    },
    witnesses: chain.witnesses,
    block: (number) => chain.block(number),
    infos: (number) => chain.block(number)?.infos ?? [],
    ledger: (number) => chain.ledger(number),
    blockOfTransaction: (id) => chain.blockOfTransaction(id),
  }
}

/** The view with nothing above those heights. */
export function upTo(view: ChainView, head: number, solid = head): ChainView {
  const isThere = (number: number) => number <= head
  return {
    ...view,
    head,
    solid: Math.min(solid, head),
    block: (number) => (isThere(number) ? view.block(number) : undefined),
    infos: (number) => (isThere(number) ? view.infos(number) : []),
    blockOfTransaction: (id) => {
      const number = view.blockOfTransaction(id)
      return number !== undefined && isThere(number) ? number : undefined
    },
  }
}
