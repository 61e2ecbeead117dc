import { EVERY_HEIGHT, type Heights, type Reply, type TronFault } from '#demo/tron/faults/fault'
import type { TransactionInfo } from '#demo/tron/transaction_info'

/** Of blocks that hold transactions it has no infos: the same answer as for an empty block. */
export function withoutInfos(heights: Heights = EVERY_HEIGHT): TronFault {
  return {
    view: (view) => ({ ...view, infos: (number) => (heights(number) ? [] : view.infos(number)) }),
  }
}

/** Infos say something else, which nothing in the block contradicts. */
export function wrongInfos(alter: (info: TransactionInfo) => TransactionInfo): TronFault {
  return { view: (view) => ({ ...view, infos: (number) => view.infos(number).map(alter) }) }
}

/** The map of cancelled amounts is an object, as some services print it. */
export function mapsAsObjects(): TronFault {
  return rewriting((answer) => {
    for (const info of Array.isArray(answer) ? answer : [answer]) {
      const map: { key: string; value: number }[] | undefined = info.cancel_unfreezeV2_amount
      if (map) {
        info.cancel_unfreezeV2_amount = Object.fromEntries(
          map.map(({ key, value }) => [key, value])
        )
      }
    }
  })
}

/** Lists go on, but do not say where. */
export function withoutFingerprints(): TronFault {
  return rewriting(({ meta }) => {
    delete meta?.fingerprint
    delete meta?.links
  })
}

function rewriting(change: (answer: any) => void): TronFault {
  return {
    answer: async (_, good): Promise<Reply> => {
      const reply = await good()
      const answer = JSON.parse(reply.body)
      change(answer)
      return { ...reply, body: JSON.stringify(answer) }
    },
  }
}
