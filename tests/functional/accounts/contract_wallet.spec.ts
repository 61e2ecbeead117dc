import { test } from '@japa/runner'
import {
  parseSignature,
  serializeCompactSignature,
  serializeErc6492Signature,
  signatureToCompactSignature,
  type Address,
} from 'viem'
import accountsConfig from '#config/accounts'
import { startAnvil } from '#demo/chain/anvil'
import { connect } from '#demo/chain/local_chain'
import { freePort } from '#demo/processes/ports'
import { systemClock } from '#foundation/clock'
import { contractWalletCode, plannedWallet } from '#tests/support/chain/contract_wallet'
import { emptyDatabase } from '#tests/support/database'
import { someWallet } from '#tests/support/visitor'
import { issueMessage } from '#accounts/login/login_message'
import { logIn } from '#accounts/login/log_in'

const site = { domain: 'regou.example', uri: 'https://regou.example/login' }
const NOBODY_THERE = 'http://127.0.0.1:1'

/** The lowest addresses, which other tests use, are contracts of the chain itself. */
const contractAddress = () => someWallet().address.toLowerCase() as Address

/** Returns what ERC-1271 wants, whatever it is asked. */
const STANDS_BY_EVERYTHING = '0x631626ba7e60e01b60005260206000f3'

/** How signatures of ERC-6492 end, without one. */
const MAGIC_ALONE = `0x${'6492'.repeat(16)}` as const

const ask = (address: Address) => issueMessage(address, site, accountsConfig, systemClock)

const answer = (message: string, signature: `0x${string}`, url: string) =>
  logIn(
    { message, signature, site, language: 'en' },
    { ...accountsConfig, rpcUrls: [url] },
    systemClock
  )

test.group('Logging in with a contract wallet', (group) => {
  group.each.setup(() => emptyDatabase())

  test('one that is deployed is asked on the chain (ERC-1271)', async ({ assert, cleanup }) => {
    const anvil = await startAnvil({ port: await freePort() })
    cleanup(() => anvil.stop())
    const [owner, other] = [someWallet(), someWallet()]
    const address = contractAddress()
    await connect(anvil.url).setCode({ address, bytecode: contractWalletCode(owner.address) })
    const message = await ask(address)

    const forged = await other.signMessage({ message })
    await assert.rejects(() => answer(message, forged, anvil.url), /wrong_signature/)

    const signature = await owner.signMessage({ message })
    const user = await answer(message, signature, anvil.url)
    assert.equal(user.walletAddress, address)

    const approver = contractAddress()
    await connect(anvil.url).setCode({ address: approver, bytecode: STANDS_BY_EVERYTHING })
    const safe = await answer(await ask(approver), '0x', anvil.url)
    assert.equal(safe.walletAddress, approver)

    const broken = await ask(contractAddress())
    for (const nothing of ['0x', '0x00', MAGIC_ALONE] as const) {
      await assert.rejects(() => answer(broken, nothing, anvil.url), /wrong_signature/)
    }
  })

  test('a compact signature (EIP-2098) of an ordinary wallet needs no chain', async ({
    assert,
  }) => {
    const wallet = someWallet()
    const message = await ask(wallet.address)
    const signature = parseSignature(await wallet.signMessage({ message }))
    const compact = serializeCompactSignature(signatureToCompactSignature(signature))

    const user = await answer(message, compact, NOBODY_THERE)

    assert.equal(user.walletAddress, wallet.address.toLowerCase())
  })

  test('one that is still to be deployed is tried out first (ERC-6492)', async ({
    assert,
    cleanup,
  }) => {
    const anvil = await startAnvil({ port: await freePort() })
    cleanup(() => anvil.stop())
    const owner = someWallet()
    const { address, factory, data } = plannedWallet(owner.address)
    const message = await ask(address)

    const signature = serializeErc6492Signature({
      address: factory,
      data,
      signature: await owner.signMessage({ message }),
    })
    const user = await answer(message, signature, anvil.url)

    assert.equal(user.walletAddress, address.toLowerCase())
    assert.isUndefined(await connect(anvil.url).getCode({ address }))
  })

  test('while the chain cannot be reached it is told so, and its signature is not spent', async ({
    assert,
    cleanup,
  }) => {
    const owner = someWallet()
    const address = contractAddress()
    const message = await ask(address)
    const signature = await owner.signMessage({ message })

    await assert.rejects(() => answer(message, signature, NOBODY_THERE), /chain_unreachable/)

    const anvil = await startAnvil({ port: await freePort() })
    cleanup(() => anvil.stop())
    await connect(anvil.url).setCode({ address, bytecode: contractWalletCode(owner.address) })
    const user = await answer(message, signature, anvil.url)
    assert.equal(user.walletAddress, address)
  })

  test('an ordinary wallet needs no chain', async ({ assert }) => {
    const wallet = someWallet()
    const message = await ask(wallet.address)

    const user = await answer(message, await wallet.signMessage({ message }), NOBODY_THERE)

    assert.equal(user.walletAddress, wallet.address.toLowerCase())
  })
})
