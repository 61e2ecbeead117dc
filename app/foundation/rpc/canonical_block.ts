import type { Clock } from '#foundation/clock'
import { readHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { majorityHash, type ForkVote } from '#foundation/rpc/fork_vote'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** Backends behind one another agree after so long, unless one has stalled or left the chain. */
const SETTLING_MS = 30_000

/** An endpoint so many blocks behind another one has no say. */
const STALLED_BLOCKS = 64

/**
 * Decides whether a block that was read is still part of the chain. All endpoints that have got past it
 * are asked. Where they contradict each other for longer than backends lag, most of those that have not
 * stalled decide. Where they are as many, the block stands. Those of the other opinion are marked.
 */
export class CanonicalBlock {
  #contradiction?: { hash: string; since: number }

  constructor(
    private readonly endpoints: EndpointPool,
    private readonly clock: Clock
  ) {}

  /** @throws RpcFailure when no endpoint answers, and `lagging` while they contradict each other */
  async stands(block: { number: number; hash: string }): Promise<boolean> {
    const votes = await this.#votes(block)
    const isSame = ({ hash }: ForkVote) => hash === block.hash
    if (votes.every(isSame) || !votes.some(isSame)) {
      return votes.some(isSame)
    }
    if (!this.#hasLasted(block.hash)) {
      throw new RpcFailure('lagging', `endpoints disagree about block ${block.number}`)
    }

    const awake = await this.#awake(votes)
    if (awake.length === 0) {
      throw new RpcFailure('lagging', `no endpoint tells whether block ${block.number} stands`)
    }
    const standing = majorityHash(awake) ?? (awake.some(isSame) ? block.hash : null)
    for (const { endpoint } of standing ? awake.filter(({ hash }) => hash !== standing) : []) {
      this.endpoints.mark(endpoint, 'other_fork', `shows another block ${block.number}`)
    }
    return standing === block.hash
  }

  /** Endpoints with a mark count only where no other answers. */
  async #votes({ number }: { number: number }): Promise<ForkVote[]> {
    const { endpoints } = this
    const vote = async (endpoint: Endpoint): Promise<ForkVote> => {
      await endpoints.heads.mustHaveReached(endpoint, number)
      const { hash } = await readHeader(endpoint, number)
      return { endpoint, hash }
    }
    const votes = await endpoints.askEach(vote)
    const unmarked = votes.filter(({ endpoint }) => endpoints.unmarked.includes(endpoint))
    const counting = unmarked.length > 0 ? unmarked : votes
    return counting.length > 0 ? counting : [await endpoints.ask(vote)]
  }

  #hasLasted(hash: string): boolean {
    const now = this.clock.now()
    if (this.#contradiction?.hash !== hash) {
      this.#contradiction = { hash, since: now }
    }
    return now - this.#contradiction.since >= SETTLING_MS
  }

  /** The votes of those that go on with the chain; the others are marked. */
  async #awake(votes: ForkVote[]): Promise<ForkVote[]> {
    const heads = await this.endpoints.askEach(async (endpoint) => {
      const { number } = await readHeader(endpoint, 'latest')
      return { endpoint, number }
    })
    const newest = Math.max(...heads.map(({ number }) => number))
    const behind = heads.filter(({ number }) => number <= newest - STALLED_BLOCKS)
    for (const { endpoint, number } of behind) {
      this.endpoints.mark(endpoint, 'stalled', `is at block ${number}, another one at ${newest}`)
    }
    const awake = heads.filter((head) => !behind.includes(head))
    return votes.filter((vote) => awake.some(({ endpoint }) => endpoint === vote.endpoint))
  }
}
