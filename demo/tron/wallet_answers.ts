import { showBlock, showHeader, type PlayBlock } from '#demo/tron/block'
import type { ChainView } from '#demo/tron/chain_view'
import { showAddress, type Resource } from '#demo/tron/contracts'
import { hexOfBase58 } from '#demo/tron/keys'
import { showAccount, showDelegations, showPartners, withoutZeros } from '#demo/tron/show_account'
import { MOST_UNFREEZINGS, readyAt, UNFREEZE_DELAY_DAYS } from '#demo/tron/stake_rules'
import { MOST_LOCK_BLOCKS } from '#demo/tron/delegation_rules'
import { showTransaction } from '#demo/tron/transaction'
import { showInfo } from '#demo/tron/transaction_info'

/** What a node says in `Error`, with HTTP status 200. */
export class NodeError extends Error {}

/** Blocks in one answer. */
const MOST_BLOCKS = 100

type Parameters = Record<string, unknown>

type Answer = (view: ChainView, parameters: Parameters, visible: boolean) => unknown

/** What both `/wallet/` and `/walletsolidity/` answer: of the head there, of the solid head here. */
export const EVERYWHERE: Record<string, Answer> = {
  getnowblock: (view, _, visible) => shown(view.block(view.head), visible),

  getblockbynum: (view, { num }, visible) => shown(view.block(numberIn(num)), visible),

  getblockbyid: (view, { value }, visible) => shown(blockById(view, value), visible),

  getblock: (view, { id_or_num: wanted, detail }, visible) => {
    const block = /^[0-9a-f]{64}$/i.test(String(wanted))
      ? blockById(view, wanted)
      : view.block(wanted === undefined ? view.head : numberIn(wanted))
    return detail ? shown(block, visible) : block ? showHeader(block, visible) : {}
  },

  // A range too wide or turned round is no list, one of unknown blocks is an empty list.
  getblockbylimitnext: (view, { startNum, endNum }, visible) => {
    const [start, end] = [numberIn(startNum), numberIn(endNum)]
    if (start < 0 || end <= start || end - start > MOST_BLOCKS) {
      return {}
    }
    const numbers = Array.from({ length: end - start }, (__, place) => start + place)
    const blocks = numbers.map(view.block).filter((block) => block !== undefined)
    return { block: blocks.map((block) => showBlock(block, visible)) }
  },

  // Empty alike for a block without transactions, an unknown one and one to come.
  gettransactioninfobyblocknum: (view, { num }, visible) =>
    numberIn(num) <= 0 ? {} : view.infos(numberIn(num)).map((info) => showInfo(info, visible)),

  gettransactionbyid: (view, { value }, visible) => {
    const number = view.blockOfTransaction(String(value))
    const block = number === undefined ? undefined : view.block(number)
    const transaction = block?.transactions.find(({ id }) => id === value)
    return transaction ? showTransaction(transaction, visible) : {}
  },

  gettransactioninfobyid: (view, { value }, visible) => {
    const number = view.blockOfTransaction(String(value))
    const infos = number === undefined ? [] : view.infos(number)
    const info = infos.find(({ id }) => id === value)
    return info ? showInfo(info, visible) : {}
  },

  getaccount: (view, { address }, visible) => {
    const ledger = view.ledger(view.head)
    const account = ledger.find(addressIn(address, visible))
    return account ? showAccount(ledger, account, visible) : {}
  },

  getdelegatedresourcev2: (view, { fromAddress, toAddress }, visible) => {
    const from = view.ledger(view.head).find(addressIn(fromAddress, visible))
    return showDelegations(from, addressIn(toAddress, visible), visible)
  },

  getdelegatedresourceaccountindexv2: (view, { value }, visible) =>
    showPartners(view.ledger(view.head), addressIn(value, visible), visible),

  getcanwithdrawunfreezeamount: (view, { owner_address: owner, timestamp }, visible) => {
    const account = view.ledger(view.head).find(addressIn(owner, visible))
    return withoutZeros({ amount: readyAt(account?.unfrozen ?? [], Number(timestamp ?? 0)) })
  },

  getavailableunfreezecount: (view, { owner_address: owner }, visible) => {
    const account = view.ledger(view.head).find(addressIn(owner, visible))
    const time = view.block(view.head)!.timestamp
    const waiting = account?.unfrozen.filter(({ availableAt }) => availableAt > time) ?? []
    return withoutZeros({ count: MOST_UNFREEZINGS - waiting.length })
  },

  getcandelegatedmaxsize: (view, { owner_address: owner, type }, visible) => {
    const account = view.ledger(view.head).find(addressIn(owner, visible))
    const resource: Resource = Number(type) === 1 ? 'ENERGY' : 'BANDWIDTH'
    return withoutZeros({ max_size: account?.frozen[resource] ?? 0n })
  },

  listwitnesses: (view, _, visible) => ({
    witnesses: view.witnesses.all.map(({ address }, place) => ({
      address: showAddress(address, visible),
      voteCount: 900_000_000 - place * 10_000_000,
      url: `https://witness-${place}.example`,
      isJobs: true,
    })),
  }),
}

/** What `/wallet/` alone answers. */
export const WALLET_ONLY: Record<string, Answer> = {
  getnodeinfo: (view) => ({
    block: placeOf(view, view.head),
    solidityBlock: placeOf(view, view.solid),
    beginSyncNum: 0,
    configNodeInfo: { codeVersion: '4.8.2' },
  }),

  getchainparameters: () => ({
    chainParameter: [
      { key: 'getMaintenanceTimeInterval', value: 21_600_000 },
      // Without a value: 0 is not written.
      { key: 'getAllowTvmBlob' },
      { key: 'getUnfreezeDelayDays', value: UNFREEZE_DELAY_DAYS },
      { key: 'getMaxDelegateLockPeriod', value: MOST_LOCK_BLOCKS },
    ],
  }),
}

function shown(block: PlayBlock | undefined, visible: boolean) {
  return block ? showBlock(block, visible) : {}
}

/** An id begins with its height. */
function blockById(view: ChainView, id: unknown): PlayBlock | undefined {
  const block = view.block(Number.parseInt(String(id).slice(0, 16), 16))
  return block?.id === id ? block : undefined
}

function placeOf(view: ChainView, number: number): string {
  return `Num:${number},ID:${view.block(number)?.id}`
}

/** @throws NodeError */
function numberIn(value: unknown): number {
  const number = Number(value ?? 0)
  if (!Number.isSafeInteger(number)) {
    throw new NodeError(`class java.lang.NumberFormatException : For input string: "${value}"`)
  }
  return number
}

/**
 * An address in hex: written as base58 where the request says `visible`, and as hex where not.
 *
 * @throws NodeError
 */
function addressIn(value: unknown, visible: boolean): string {
  const text = String(value)
  const address = visible ? hexOfBase58(text) : /^41[0-9a-f]{40}$/i.test(text) && text.toLowerCase()
  if (!address) {
    throw new NodeError(
      visible
        ? 'class org.tron.core.services.http.JsonFormat$ParseException : INVALID base58 String'
        : 'class org.bouncycastle.util.encoders.DecoderException : exception decoding Hex string: invalid characters encountered in Hex string'
    )
  }
  return address
}
