import { test } from '@japa/runner'
import { decodeFunctionData, encodeFunctionResult, multicall3Abi, pad, parseAbi } from 'viem'
import logger from '@adonisjs/core/services/logger'
import { systemClock } from '#foundation/clock'
import LaunchEvent from '#models/launch_event'
import Pool from '#models/pool'
import Token from '#models/token'
import Trade from '#models/trade'
import { Audit } from '#collectors/evm/audit'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { GraduationPoolLookUp } from '#collectors/evm/graduation_pools'
import { sources } from '#sources/venues'
import { putLog } from '#tests/support/chain/put_log'
import { RpcServer, type Fault } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, someHash, storeLaunch } from '#tests/support/facts'
import { scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'
import {
  INFINITY_CL,
  INFINITY_SWAP,
  INITIALIZE,
  PAIR_CREATED,
  V2_FACTORY,
  V2_SWAP,
  V3_FACTORY,
  WBNB,
} from '#tests/support/pancake'

const FOUR = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'
const NATIVE = '0x0000000000000000000000000000000000000000'
const CREATED =
  'event TokenCreate(address creator, address token, uint256 requestId, string name, string symbol, uint256 totalSupply, uint256 launchTime, uint256 launchFee)'
const GRADUATED = 'event LiquidityAdded(address base, uint256 offers, address quote, uint256 funds)'

/** A quiet chain, on which one token lives: created in block 10, graduated in block 20. */
async function startChain(blocks: number) {
  const chain = new TestChain(1)
  chain.density = 0
  chain.mine(blocks)
  const [token, pair] = [someAddress(), someAddress()]
  const transaction = someHash()
  putLog(chain.blocks[10]!, FOUR, CREATED, [someAddress(), token, 1n, 'n', 's', 1n, 0n, 0n])
  putLog(chain.blocks[20]!, V2_FACTORY, PAIR_CREATED, [token, WBNB, pair, 1n], transaction)
  putLog(chain.blocks[20]!, FOUR, GRADUATED, [token, 1n, NATIVE, 2n], transaction)

  const server = await RpcServer.start(chain)
  const swapIn = (block: number, pool = pair) =>
    putLog(chain.blocks[block]!, pool, V2_SWAP, [someAddress(), 0n, 5n, 9n, 0n, someAddress()])
  return { chain, server, token, pair, swapIn }
}

test.group('PancakeSwap through the scanner', (group) => {
  // Two thousand blocks, each of which is answered for.
  group.each.setup(() => emptyDatabase())

  test('pools of known tokens are stored, those of others are not', async (ctx) => {
    const { chain, server, token, pair } = await startChain(100)
    ctx.cleanup(() => server.close())
    putLog(chain.blocks[21]!, V2_FACTORY, PAIR_CREATED, [someAddress(), WBNB, someAddress(), 1n])
    const id = someHash()
    const rest = [NATIVE, 0, someHash(), 1n, 0]
    putLog(chain.blocks[99]!, INFINITY_CL, INITIALIZE, [id, NATIVE, token, ...rest])
    chain.mine(2)

    await scannerOf([server.url]).once()

    const pools = await Pool.query().where('source', 'pancake').orderBy('id')
    ctx.assert.deepEqual(
      pools.map((pool) => [pool.kind, pool.poolId, pool.tokenAddress, pool.quoteAddress]),
      [
        ['v2', pair, token, WBNB],
        ['infinity', id, token, NATIVE],
      ]
    )
    const known = await Token.all()
    ctx.assert.deepEqual(
      known.map(({ address, source }) => [address, source]),
      [[token, 'four']]
    )
    const graduation = await LaunchEvent.findByOrFail('kind', 'graduated')
    ctx.assert.equal(graduation.poolId, pair)
  })

  for (const [where, blocks] of [
    ['near the head, by hash', 50],
    ['far behind, in ranges', 250],
  ] as const) {
    test(`swaps of the pool of a graduated token become trades ${where}`, async (ctx) => {
      const { chain, server, token, pair, swapIn } = await startChain(blocks)
      ctx.cleanup(() => server.close())
      swapIn(19)
      swapIn(30)
      swapIn(40, someAddress())
      swapIn(blocks - 3)

      await scannerOf([server.url], { followPools: 200, batchSize: 1 }).once()
      const trades = await Trade.query().orderBy('blockNumber')
      const seen = trades.map(({ blockNumber }) => blockNumber)
      ctx.assert.include(seen, blocks - 3)
      ctx.assert.notInclude(seen, 19)
      ctx.assert.notInclude(seen, 40)
      ctx.assert.containsSubset(trades.at(-1)!.$attributes, {
        source: 'pancake',
        poolId: pair,
        tokenAddress: token,
        quoteAddress: WBNB,
      })
      const pool = await Pool.findByOrFail('poolId', pair)
      ctx.assert.isNotNull(pool.price)
      ctx.assert.isNull(pool.raiseTarget)

      const endpoints = new EndpointPool([server.url], 56, systemClock)
      const audit = new Audit({
        chainId: 56,
        endpoints,
        sources,
        batchSize: 50,
        clock: systemClock,
      })
      const { missing, phantom } = await audit.run(0, chain.finalized.number)
      ctx.assert.deepEqual({ missing, phantom }, { missing: 0, phantom: 0 })
    })
  }

  test('an audit restores pools, and swaps between the first and the last that are stored', async (ctx) => {
    const { chain, server, pair, swapIn } = await startChain(100)
    ctx.cleanup(() => server.close())
    for (const block of [40, 42, 44]) swapIn(block)
    const endpoints = new EndpointPool([server.url], 56, systemClock)
    const options = { chainId: 56, endpoints, sources, batchSize: 20, followPools: 200 }
    await scannerOf([], { ...options, fromBlock: 1 }).once()
    const swaps = await Trade.query().orderBy('block_number')
    ctx.assert.lengthOf(swaps, 3)

    await swaps[1]!.delete()
    await Pool.query().where('pool_id', pair).delete()
    const audit = new Audit({ ...options, clock: systemClock })
    const first = await audit.run(1, chain.finalized.number)
    // Without its pool a swap cannot be read: it is found once the pool is back.
    const second = await audit.run(1, chain.finalized.number)

    ctx.assert.equal(first.missing + second.missing, 2)
    ctx.assert.lengthOf(await Trade.all(), 3)
    ctx.assert.isNotNull(await Pool.findBy('pool_id', pair))
  })

  test('a pool that adds liquidity while others swap is not taken for a lying endpoint', async (ctx) => {
    const { chain, server, pair, swapIn } = await startChain(50)
    ctx.cleanup(() => server.close())
    putLog(chain.blocks[45]!, pair, 'event Sync(uint112 a, uint112 b)', [1n, 2n])
    swapIn(45, someAddress())

    await scannerOf([server.url], { followPools: 200 }).once()
    ctx.assert.isEmpty(await Trade.all())
  })

  test('pools of one contract are told apart by their id', async (ctx) => {
    const { chain, server, token } = await startChain(60)
    ctx.cleanup(() => server.close())
    const id = someHash()
    const rest = [NATIVE, 0, someHash(), 1n, 0]
    putLog(chain.blocks[22]!, INFINITY_CL, INITIALIZE, [id, NATIVE, token, ...rest])
    const swap = (block: number, poolId: string) =>
      putLog(chain.blocks[block]!, INFINITY_CL, INFINITY_SWAP, [
        poolId,
        someAddress(),
        ...[-5n, 9n, 1n, 1n],
        ...[0, 0, 0],
      ])

    const clock = new SettableClock()
    const scanner = scannerOf([server.url], { followPools: 200, clock })
    await scanner.once()
    clock.pass(5_000)
    chain.mine(10)
    swap(62, id)
    swap(63, someHash())
    await scanner.once()

    const trades = await Trade.all()
    ctx.assert.deepEqual(
      trades.map(({ poolId, side }) => [poolId, side]),
      [[id, 'buy']]
    )
  })

  test('no pool is followed where the setting is 0', async (ctx) => {
    const { server, swapIn } = await startChain(50)
    ctx.cleanup(() => server.close())
    swapIn(45)

    await scannerOf([server.url], { followPools: 0 }).once()
    ctx.assert.isEmpty(await Trade.all())
  })
})

const FACTORIES = parseAbi([
  'function getPair(address, address) view returns (address)',
  'function getPool(address, address, uint24) view returns (address)',
])

/** A node whose Multicall3 answers what these factories know; the rest is zero. */
function factories(
  known: (factory: string, name: string, args: readonly unknown[]) => string | undefined
): Fault {
  return ({ method, params }) => {
    if (method !== 'eth_call') {
      return undefined
    }
    const [{ data }] = params as [{ data: `0x${string}` }]
    const { args } = decodeFunctionData({ abi: multicall3Abi, data })
    const [calls] = args as unknown as [{ target: string; callData: `0x${string}` }[]]
    const result = calls.map(({ target, callData }) => {
      const call = decodeFunctionData({ abi: FACTORIES, data: callData })
      const pool = known(target.toLowerCase(), call.functionName, call.args) ?? NATIVE
      return { success: true, returnData: pad(pool as `0x${string}`) }
    })
    const answer = encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result })
    return { reply: { result: answer } }
  }
}

test.group('The pool of a graduation that named none', (group) => {
  group.each.setup(() => emptyDatabase())

  async function start(fault: Fault) {
    const chain = new TestChain(1)
    const server = await RpcServer.start(chain)
    server.fault = fault
    const clock = new SettableClock()
    const endpoints = new EndpointPool([server.url], 56, clock)
    const lookUp = new GraduationPoolLookUp({ chainId: 56, sources, endpoints, clock, logger })
    const poolOf = async (id: number) => {
      const launch = await LaunchEvent.findOrFail(id)
      return launch.poolId
    }
    return { server, clock, lookUp, poolOf, now: { created_at: clock.now() } }
  }

  test('is asked for at the factories: V2 first, with the quote asset or wrapped BNB', async (ctx) => {
    const usdt = '0x55d398326f99059ff775485246999027b3197955'
    const tokens = [someAddress(), someAddress(), someAddress()]
    const pools = [someAddress(), someAddress(), someAddress()]
    const lower = (value: unknown) => String(value).toLowerCase()
    const { server, lookUp, poolOf, now } = await start(
      factories((factory, name, args) => {
        const [token, quote, fee] = args.map(lower)
        const isV2 = factory === V2_FACTORY.toLowerCase() && name === 'getPair'
        const isV3 = factory === V3_FACTORY.toLowerCase() && name === 'getPool'
        if (token === tokens[0] && isV2 && quote === WBNB) return pools[0]
        if (token === tokens[0] && isV3) return someAddress()
        if (token === tokens[1] && isV2 && quote === usdt) return pools[1]
        if (token === tokens[2] && isV3 && quote === WBNB && fee === '2500') return pools[2]
      })
    )
    ctx.cleanup(() => server.close())
    const graduated = { kind: 'graduated', ...now }
    const ids = [
      await storeLaunch({ ...graduated, token_address: tokens[0], quote_address: NATIVE }),
      await storeLaunch({ ...graduated, token_address: tokens[1], quote_address: usdt }),
      await storeLaunch({ ...graduated, token_address: tokens[2] }),
      await storeLaunch({ ...graduated, pool_id: '0xkept' }),
      await storeLaunch({ ...now, kind: 'created' }),
    ]

    await lookUp.lookUpDue()

    ctx.assert.deepEqual(await Promise.all(ids.map(poolOf)), [...pools, '0xkept', null])
    ctx.assert.equal(server.countOf('eth_call'), 1)
  })

  test('stays open where only pools stand that anyone may have made', async (ctx) => {
    const usdt = '0x55d398326f99059ff775485246999027b3197955'
    const { server, lookUp, poolOf, now } = await start(
      factories((_, name, [, quote, fee]) => {
        if (name === 'getPair') return String(quote).toLowerCase() === WBNB ? someAddress() : NATIVE
        return fee === 100 || fee === 500 ? someAddress() : NATIVE
      })
    )
    ctx.cleanup(() => server.close())
    const id = await storeLaunch({ kind: 'graduated', quote_address: usdt, ...now })

    await lookUp.lookUpDue()
    ctx.assert.isNull(await poolOf(id))
  })

  test('is asked for again later and later, and not for ever', async (ctx) => {
    let pool: string | undefined
    const { server, clock, lookUp, poolOf, now } = await start(factories(() => pool))
    ctx.cleanup(() => server.close())
    const id = await storeLaunch({ kind: 'graduated', ...now })

    await lookUp.lookUpDue()
    await lookUp.lookUpDue()
    ctx.assert.equal(server.countOf('eth_call'), 1)
    clock.pass(4_000)
    await lookUp.lookUpDue()
    clock.pass(4_000)
    await lookUp.lookUpDue()
    ctx.assert.equal(server.countOf('eth_call'), 2)

    pool = someAddress()
    clock.pass(3_600_000)
    await lookUp.lookUpDue()
    ctx.assert.isNull(await poolOf(id))
    ctx.assert.equal(server.countOf('eth_call'), 2)
  })
})
