import { test } from '@japa/runner'
import { tronAddress } from '#foundation/text/tron_address'
import { readBlockJson } from '#sources/tron/block_json'
import { TronDecodeError } from '#sources/tron/decode_error'
import { newestFinal, type SignedHeader } from '#sources/tron/finality'
import { recordsOf } from '#sources/tron/make_records'
import { headerSigner, isRootRight } from '#sources/tron/prove_block'
import { isWatched, readStake, signersOf } from '#sources/tron/read_stake'
import { Signers } from '#sources/tron/signatures'
import { readTransactionInfos } from '#sources/tron/transaction_info'
import {
  cancelBlock,
  realBlock,
  realHeaders,
  realSigners,
  realStake,
} from '#tests/support/tron_fixtures'

test.group('Real blocks of TRON', () => {
  test('a block of mainnet is proven from its bytes, and its stake is what tronweb reads', async ({
    assert,
  }) => {
    const block = realBlock()
    assert.equal(
      block.header.id,
      '0000000004b68b6be6d7223b1ecf2850f00f700292beeead2810c18e9e1548e2'
    )
    assert.isTrue(isRootRight(block.header, block.transactions))
    assert.equal(await headerSigner(new Signers(), block.header), block.header.witness)

    const { counts, transactions, unreadable } = readStake(block.transactions)
    assert.deepEqual(counts, { delegate: 125, undelegate: 66, freeze: 1 })
    assert.isEmpty(unreadable)
    const read = transactions.map(({ txId, action, permissionId }) => {
      const { kind, owner, receiver, resource, amountSun, lockBlocks } = action
      return {
        txId,
        kind,
        resource,
        lockBlocks,
        permissionId,
        owner: tronAddress(owner),
        receiver: receiver && tronAddress(receiver),
        amount: String(amountSun),
      }
    })
    assert.sameDeepOrderedMembers(read, realStake())
    const signers = new Signers()
    const signedBy = await Promise.all(transactions.map((each) => signersOf(each, signers)))
    assert.deepEqual(signedBy, realSigners())
  })

  test('a list of transactions that lacks one, or has two swapped, is not proven', ({ assert }) => {
    const { header, transactions } = realBlock()
    const [first, second, ...others] = transactions
    const lists = [transactions.slice(1), transactions.slice(0, -1), [second!, first!, ...others]]
    for (const list of lists) {
      assert.isFalse(isRootRight(header, list))
    }
  })

  test('stake concerns whoever gives or receives it', ({ assert }) => {
    const { transactions } = readStake(realBlock().transactions)
    const { action } = transactions.find((each) => each.action.receiver !== null)!
    for (const account of [action.owner, action.receiver!]) {
      assert.isTrue(isWatched(action, new Set([tronAddress(account)])))
    }
    assert.isFalse(isWatched(action, new Set()))
  })

  test('a block is proven from JSON where JSON keeps all of its bytes', ({ assert }) => {
    const { block, infos } = cancelBlock()
    const given = readBlockJson(block)
    assert.isTrue(given.isProven)
    assert.isNull(given.contradiction)

    const [transaction] = given.stake.transactions
    const effects = readTransactionInfos(infos).get(transaction!.txId)
    const context = {
      previousTimeMs: 0,
      unfreezeDelayDays: 14,
      effects,
      infoState: 'single' as const,
      signers: [],
    }
    const [record, ...others] = recordsOf(transaction!, context)
    assert.isEmpty(others)
    assert.deepInclude(record, { kind: 'cancel', resource: 'ENERGY', amountSun: 10_000_000n })
  })

  test('a result that JSON has lost a field of leaves the block without proof', ({ assert }) => {
    const { block } = cancelBlock()
    block.transactions[0].ret = [{}]
    assert.isFalse(readBlockJson(block).isProven)
  })

  test('an altered header is refused: its id is another one', ({ assert }) => {
    const { block } = cancelBlock()
    block.block_header.raw_data.timestamp += 3_000
    assert.throws(() => readBlockJson(block), TronDecodeError)
  })

  test('decoded JSON that says other than the bytes is told', ({ assert }) => {
    const alter = (change: (contract: any) => void) => {
      const { block } = cancelBlock()
      change(block.transactions[0].raw_data.contract[0])
      return readBlockJson(block).contradiction
    }
    const other = '41c8599111f29c1e1e061265b4af93ea1f274ad78a'
    assert.include(
      alter(({ parameter }) => (parameter.value.owner_address = other)),
      'another owner'
    )
    assert.include(
      alter((contract) => (contract.type = 'TransferContract')),
      'another type'
    )
    assert.include(
      alter((contract) => (contract.Permission_id = 2)),
      'another permission'
    )
  })

  test('nineteen distinct witnesses make a block final, of which four sign with other keys', async ({
    assert,
  }) => {
    const signers = new Signers()
    const headers: SignedHeader[] = []
    for (const header of realHeaders()) {
      headers.push({ ...header, signer: (await headerSigner(signers, header))! })
    }
    assert.lengthOf(
      headers.filter(({ signer, witness }) => signer !== witness),
      4
    )
    assert.equal(newestFinal(headers, () => true)?.number, 79_707_077)
    assert.isNull(newestFinal(headers.slice(3), () => true))

    const isKnown = ({ witness }: SignedHeader) => witness !== headers.at(-1)!.witness
    assert.equal(newestFinal(headers, isKnown)?.number, 79_707_076)
  })
})
