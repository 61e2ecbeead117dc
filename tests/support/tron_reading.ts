import type { Logger } from '@adonisjs/core/logger'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { GrpcBlocks } from '#collectors/tron/grpc_blocks'
import { TronNode } from '#collectors/tron/tron_node'
import { TronNodes } from '#collectors/tron/tron_nodes'
import { TronReader } from '#collectors/tron/tron_reader'
import { UnfreezeDelay } from '#collectors/tron/unfreeze_delay'
import type { LocalTron } from '#demo/tron/local_tron'
import type { TronEndpoint } from '#demo/tron/tron_endpoint'
import type { PlayTransaction } from '#demo/tron/transaction'
import { base58Of } from '#demo/tron/keys'
import { tronNetwork } from '#sources/tron/networks'
import type { Watched } from '#sources/tron/read_stake'
import { sha256 } from '#sources/tron/hashes'
import type { TronAddress, TronBlock } from '#sources/tron/records'
import { Signers } from '#sources/tron/signatures'
import type { SettableClock } from '#tests/support/settable_clock'

const silent = { debug() {}, info() {}, warn() {} } as unknown as Logger

/** Remembers who has signed what, from one reading of a chain to the next: to verify takes most of it. */
export class RememberingSigners extends Signers {
  readonly #known = new Map<string, Promise<TronAddress | null>>()

  override signerOf(bytes: Buffer, signature: Buffer, role: string): Promise<TronAddress | null> {
    const what = sha256(bytes, signature).toString('base64')
    const signer = this.#known.get(what) ?? super.signerOf(bytes, signature, role)
    this.#known.set(what, signer)
    return signer
  }
}

interface Reading {
  tron: LocalTron
  endpoints: TronEndpoint[]
  clock: SettableClock
  signers?: Signers
  grpcUrls?: string[]
  watched?: Watched
}

/** Nodes of the local chain, asked in process, and a maker of readers over them. */
export function tronReading(reading: Reading) {
  const {
    tron,
    endpoints,
    clock,
    signers = new Signers(),
    grpcUrls = [],
    watched = 'all',
  } = reading
  const network = tronNetwork(tron.chain.block(0)!.id)!
  const each = endpoints.map(
    ({ fetch }, place) => new TronNode(`http://node-${place}.test`, { clock, fetch })
  )
  const nodes = new TronNodes(each, network, clock)
  const tools = {
    nodes,
    grpc: new GrpcBlocks(grpcUrls, silent),
    delay: new UnfreezeDelay(nodes, clock),
    signers,
    watched: async () => watched,
    signedBy: async () => watched,
  }
  const options = { ...tools, clock, logger: silent }
  return { nodes, options, newReader: () => new TronReader(options) }
}

/** In place of an amount that no node told, or that they contradict each other about. */
export const UNKNOWN = 'unknown'

/** What a scanner would have stored: blocks by number, the cursor, and what has to be read again. */
export class StoredTron {
  readonly blocks = new Map<number, TronBlock>()
  readonly gaps = new Set<number>()
  cursor = { number: 0, hash: null as string | null }

  /**
   * Reads on from the cursor, until all is read or the reading fails.
   *
   * @param isKilled asked before each part is stored
   * @returns the failure, or null
   */
  async readOn(reader: TronReader, isKilled: () => boolean = () => false) {
    try {
      const head = await reader.head(this.cursor.number)
      if (this.cursor.number >= head.number) return null
      for await (const part of reader.range(this.cursor.number + 1, head.number)) {
        if (this.cursor.hash !== null && part.parentHash !== this.cursor.hash) {
          await reader.stands({ ...this.cursor, hash: this.cursor.hash })
          return null
        }
        if (isKilled()) return null
        part.reading.blocks.forEach((block) => this.blocks.set(block.number, block))
        part.gaps.forEach(({ from }) => this.gaps.add(from))
        this.cursor = { number: part.to, hash: part.hash }
      }
      return null
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error
      return error
    }
  }

  async closeGaps(reader: TronReader) {
    for (const number of this.gaps) {
      const { reading, gaps } = await reader.gap(number, number)
      reading.blocks.forEach((block) => this.blocks.set(block.number, block))
      if (gaps.length === 0) this.gaps.delete(number)
    }
  }

  /** Every record in one line: what happened, without what stands behind it. */
  lines(): string[] {
    return [...this.blocks.values()]
      .toSorted((one, other) => one.number - other.number)
      .flatMap(({ id, records }) =>
        records.map(({ txId, kind, resource, owner, receiver, amountSun, lockBlocks }) =>
          [id, txId, kind, resource, owner, receiver, amountSun ?? UNKNOWN, lockBlocks].join()
        )
      )
  }
}

/** The same lines as the local chain itself tells them, up to a block. */
export function linesOfChain({ chain }: LocalTron, to: number): string[] {
  const numbers = Array.from({ length: to }, (_, place) => place + 1)
  return numbers.flatMap((number) => {
    const { id, transactions, infos } = chain.block(number)!
    return transactions.flatMap((transaction, place) =>
      happenings(transaction, infos[place]!).map((line) => [id, transaction.id, ...line].join())
    )
  })
}

const KINDS: Record<string, string> = {
  FreezeBalanceV2Contract: 'freeze',
  UnfreezeBalanceV2Contract: 'unfreeze',
  WithdrawExpireUnfreezeContract: 'withdraw',
  DelegateResourceContract: 'delegate',
  UnDelegateResourceContract: 'undelegate',
  CancelAllUnfreezeV2Contract: 'cancel',
}

type Info = NonNullable<ReturnType<LocalTron['chain']['block']>>['infos'][number]

function happenings({ raw }: PlayTransaction, info: Info): unknown[][] {
  const { type, value } = raw.contract
  const kind = KINDS[type]
  if (!kind) return []

  const owner = base58Of(String(value.owner_address))
  const receiver = value.receiver_address ? base58Of(String(value.receiver_address)) : null
  const line = (what: string, resource: unknown, amount: unknown) => {
    const lock = what === 'delegate' && value.lock ? value.lock_period : null
    return [what, resource, owner, receiver, amount, lock]
  }
  const paid = info.withdrawn ? [line('withdraw', null, info.withdrawn)] : []
  if (kind === 'withdraw') return paid
  if (kind === 'cancel') {
    const cancelled = Object.entries(info.cancelled ?? {}).filter(([, sun]) => sun > 0n)
    const lines = cancelled.map(([resource, sun]) => line('cancel', resource, sun))
    return [...(lines.length > 0 ? lines : [line('cancel', null, 0n)]), ...paid]
  }
  const amount = value.balance ?? value.frozen_balance ?? value.unfreeze_balance
  return [line(kind, value.resource ?? 'BANDWIDTH', amount), ...paid]
}
