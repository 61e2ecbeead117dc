import { upTo, viewOf } from '#demo/tron/chain_view'
import { EVERY_HEIGHT, type Heights, type TronFault } from '#demo/tron/faults/fault'
import type { TronChain } from '#demo/tron/tron_chain'

/** It is so many blocks behind the others. */
export function lagging(blocks: number): TronFault {
  return {
    view: (view) => upTo(view, Math.max(0, view.head - blocks), Math.max(0, view.solid - blocks)),
  }
}

/** It has stopped at that height, and says what was solid there for ever. */
export function frozenAt(head: number, solid = Math.max(0, head - 18)): TronFault {
  return { view: (view) => upTo(view, Math.min(view.head, head), Math.min(view.solid, solid)) }
}

/** It calls blocks solid that nobody has built enough upon. */
export function hasty(blocks: number): TronFault {
  return { view: (view) => upTo(view, view.head, view.solid + blocks) }
}

/** It belongs to another network. */
export function foreign(chain: TronChain): TronFault {
  return { view: () => viewOf(chain) }
}

/** Of blocks that exist, of those heights, it says that there are none. */
export function withholding(heights: Heights = EVERY_HEIGHT): TronFault {
  return {
    view: (view) => ({
      ...view,
      block: (number) => (heights(number) ? undefined : view.block(number)),
    }),
  }
}
