import type { MarkReason } from '#foundation/rpc/endpoint_marks'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { GivenBlock } from '#sources/tron/block'
import type { SignedHeader } from '#sources/tron/finality'
import { headerSigner } from '#sources/tron/prove_block'
import type { Signers } from '#sources/tron/signatures'
import type { KnownWitnesses } from '#collectors/tron/known_witnesses'
import { readBlocks, readHeader } from '#collectors/tron/node_answers'
import type { TronNode } from '#collectors/tron/tron_node'
import type { TronNodes } from '#collectors/tron/tron_nodes'

/** A block whose header was checked, and who has told of it. */
export interface SignedBlock extends SignedHeader {
  given: GivenBlock
  node: TronNode
  timestampMs: number
}

/** Reads blocks whose headers hold, and marks nodes that show others. */
export class SignedBlocks {
  constructor(
    private readonly nodes: TronNodes,
    private readonly signers: Signers,
    private readonly witnesses: KnownWitnesses
  ) {}

  /**
   * Linked blocks from a number on, as the best node shows them.
   *
   * @throws RpcFailure where no node can be believed
   */
  read(from: number, to: number): Promise<SignedBlock[]> {
    return this.nodes.ask(async (node) => {
      const given = await readBlocks(node, from, to)
      const blocks = await Promise.all(given.map((block) => this.#signed(node, block)))
      for (const [index, block] of blocks.entries()) {
        const before = blocks[index - 1]
        if (before && block.parentId !== before.id) {
          const what = `showed a block ${block.number} that does not follow the one before`
          this.#refuse(node, 'other_fork', what)
        }
        await this.#checkSigner(block)
      }
      if (new Set(blocks.map(roleOf)).size > new Set(blocks.map(({ signer }) => signer)).size) {
        const what = `showed blocks from ${from} on that one key signed for several witnesses`
        this.#refuse(node, 'forged_block', what)
      }
      return blocks
    })
  }

  async #signed(node: TronNode, given: GivenBlock): Promise<SignedBlock> {
    const { header, contradiction } = given
    if (contradiction) {
      this.nodes.mark(node, 'contradicts_bytes', contradiction)
    }
    const signer = await headerSigner(this.signers, header)
    if (!signer) {
      this.#refuse(node, 'forged_block', `showed block ${header.number} without a signature`)
    }
    const { number, id, parentId, witness, timestampMs } = header
    return { number, id, parentId, witness, timestampMs, signer, given, node }
  }

  /** A key that is new for a witness may be so, or the node has forged the signature: others tell. */
  async #checkSigner(block: SignedBlock) {
    const { node, number, witness, signer } = block
    if (this.witnesses.knows(block) || !this.witnesses.hasSeen(witness)) return

    const other = await this.nodes.askFirstOf(this.nodes.othersThan(node), (each) =>
      readHeader(each, number)
    )
    const told = other?.id === block.id ? await headerSigner(this.signers, other) : null
    if (told && told !== signer && this.witnesses.knows({ ...block, signer: told })) {
      const what = `showed block ${number} with the signature of ${signer}, who is no witness`
      this.#refuse(node, 'forged_block', what)
    }
  }

  /** @throws RpcFailure always */
  #refuse(node: TronNode, reason: MarkReason, what: string): never {
    this.nodes.mark(node, reason, what)
    throw new RpcFailure('malformed', `${node.name} ${what}`)
  }
}

const roleOf = ({ witness, signer }: SignedBlock) => `${witness} ${signer}`
