import { sealBlock, type PlayBlock } from '#demo/tron/block'
import type { ChainView } from '#demo/tron/chain_view'
import { EVERY_HEIGHT, type Heights, type TronFault } from '#demo/tron/faults/fault'
import { PlayKey, sha256 } from '#demo/tron/keys'
import { encodeRaw, type PlayTransaction, type RawTransaction } from '#demo/tron/transaction'

/** Which transactions of a block are lied about. */
type Which = (transaction: PlayTransaction) => boolean

/** How what a transaction says is altered. */
type Alter = (raw: RawTransaction) => RawTransaction

/** The same with another amount, in sun. */
export function withAmount(amount: bigint): Alter {
  return (raw) => {
    const { value } = raw.contract
    const field = AMOUNTS.find((name) => name in value)
    return field
      ? { ...raw, contract: { ...raw.contract, value: { ...value, [field]: amount } } }
      : raw
  }
}

const AMOUNTS = ['balance', 'frozen_balance', 'unfreeze_balance', 'amount']

/** Some transactions are left out of their block, and of its infos. The root stays the true one. */
export function missing(isLost: Which): TronFault {
  return {
    view: (view) => ({
      ...changed(view, (block) => without(block, isLost)),
      infos: (number) => {
        const left = view.block(number)?.transactions.filter((one) => !isLost(one)) ?? []
        return view.infos(number).filter(({ id }) => left.some((one) => one.id === id))
      },
    }),
  }
}

function without(block: PlayBlock, isLost: Which): PlayBlock {
  return { ...block, transactions: block.transactions.filter((one) => !isLost(one)) }
}

/** The decoded JSON says something else than the bytes beside it, which are true. */
export function alteredJson(which: Which, alter: Alter): TronFault {
  return altering(which, (transaction) => ({ ...transaction, raw: alter(transaction.raw) }))
}

/** JSON and bytes agree on something that was not signed, under the old id or one that fits. */
export function alteredBytes(which: Which, alter: Alter, hasNewId = true): TronFault {
  return altering(which, (transaction) => rewritten(transaction, alter, hasNewId))
}

function rewritten(transaction: PlayTransaction, alter: Alter, hasNewId = true): PlayTransaction {
  const raw = alter(transaction.raw)
  const rawBytes = encodeRaw(raw)
  const id = hasNewId ? sha256(rawBytes).toString('hex') : transaction.id
  return { ...transaction, raw, rawBytes, id }
}

/** Beside those transactions stand others that never were, made of them. */
export function invented(which: Which, alter: Alter): TronFault {
  return {
    view: (view) =>
      changed(view, (block) => ({
        ...block,
        transactions: block.transactions.flatMap((one) =>
          which(one) ? [one, rewritten(one, alter)] : [one]
        ),
      })),
  }
}

/** Blocks bear the signature of a key that is no witness's. */
export function forgedSignature(heights: Heights = EVERY_HEIGHT): TronFault {
  const stranger = PlayKey.named('no witness')
  return {
    view: (view) =>
      changed(view, (block) =>
        heights(block.number) ? sealBlock(block, block, { key: stranger, parity: 'from 0' }) : block
      ),
  }
}

/**
 * From that height on the blocks are others: without some transactions, linked, and each signed by
 * its real witness. `blocks` tells how many: what follows them links to the true chain again.
 */
export function forked(from: number, isLost: Which, blocks = Infinity): TronFault {
  const made = new Map<string, PlayBlock>()

  const forkOf = (view: ChainView, number: number): PlayBlock | undefined => {
    const honest = view.block(number)
    if (!honest || number < from || number >= from + blocks) {
      return honest
    }
    let block = made.get(honest.id)
    if (!block) {
      const { transactions } = without(honest, isLost)
      const infos = honest.infos.filter(({ id }) => transactions.some((one) => one.id === id))
      const place = { ...honest, parentId: forkOf(view, number - 1)!.id }
      const signer = view.witnesses.get(honest.witnessAddress)
      block = sealBlock(place, { transactions, infos }, signer)
      made.set(honest.id, block)
    }
    return block
  }

  return {
    view: (view) => ({
      ...view,
      block: (number) => forkOf(view, number),
      infos: (number) => forkOf(view, number)?.infos ?? [],
    }),
  }
}

function altering(which: Which, alter: (one: PlayTransaction) => PlayTransaction): TronFault {
  return {
    view: (view) =>
      changed(view, (block) => ({
        ...block,
        transactions: block.transactions.map((one) => (which(one) ? alter(one) : one)),
      })),
  }
}

function changed(view: ChainView, change: (block: PlayBlock) => PlayBlock): ChainView {
  return {
    ...view,
    block: (number) => {
      const block = view.block(number)
      return block && change(block)
    },
  }
}
