import { test } from '@japa/runner'
import { decodeEventLog, parseAbiItem } from 'viem'
import { cleanText } from '#sources/values'
import { sources } from '#sources/venues'
import { logReader } from '#sources/read_logs'
import { someAddress } from '#tests/support/facts'
import { syntheticLog } from '#tests/support/logs'

const V2 = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'
const PURCHASE =
  'event TokenPurchase(address token, address account, uint256 price, uint256 amount, uint256 cost, uint256 fee, uint256 offers, uint256 funds)'

/** The published topics (facts of the venues), by source. */
const TOPICS = {
  four: [
    '0x396d5e902b675b032348d3d2e9517ee8f0c4a926603fbc075d3d282ff00cad20',
    '0x7db52723a3b2cdd6164364b3b766e65e540d7be48ffa89582956d8eaebe62942',
    '0x0a5575b3648bae2210cee56bf33254cc1ddfbc7bf637c0af2ac18b14fb1bae19',
    '0xc18aa71171b358b706fe3dd345299685ba21a5316c66ffa9e319268b033c44b0',
    '0xc60523754e4c8d044ae75f841c3a7f27fefeed24c086155510c2ae0edf538fa0',
    '0x00fe0e12b43090c1fc19a34aefa5cc138a4eeafc60ab800f855c730b3fb9480e',
    '0x80d4e495cda89b31af98c8e977ff11f417bafcee26902a17a15be51830c47533',
    '0x623b3804fa71d67900d064613da8f94b9617215ee90799290593e1745087ad18',
    '0x3aa3f154f6bf5e3490d1a7205aa8d1412e76d26f9d186830de86fb9309224040',
    '0x0d3648bd0f6ba80134a33ba9275ac585d9d315f0ad8355cddefde31afa28d0e9',
  ],
  flap: [
    '0x504e7f360b2e5fe33cbaaae4c593bc55305328341bf79009e43e0e3b7f699603',
    '0x3ceb902d3c555c21c3415b6aa839104b18e4825b2f8324011ff979089a507a8c',
    '0xa800a2038683844fac66747f771bfdfae862eb28b16bcfa387afa9fbacce8ff7',
    '0x03a4693e592f5e75dc7c136acb39b146d2b4966c0e509c34f362dee02b3b861a',
    '0x4c35e20d1e9bce377c7d9ec1572d934e46d62961f4da8af5beb8002d5906742d',
    '0x6e4f47630b8745b8cacbd44f42a8a33e7eea7cc08ef22fc7630f4f385784ff7d',
    '0xb1acc4d02e54a5f769cd0b689d82b8b5d5be55f2557a17d9d202e227cff2d335',
  ],
}

test.group('Reading logs', () => {
  for (const [name, topics] of Object.entries(TOPICS)) {
    test(`the events of ${name} hash to the published topics`, ({ assert }) => {
      const source = sources.find((each) => each.name === name)!
      const actual = source.contracts.flatMap(({ events }) => events.map(({ topic0 }) => topic0))

      assert.sameMembers(actual, topics)
    })
  }

  test('a log that cannot be decoded is answered with the reason and stops nothing', ({
    assert,
  }) => {
    const good = syntheticLog(V2, PURCHASE, [someAddress(), someAddress(), 1n, 2n, 3n, 4n, 5n, 6n])
    const truncated = { ...good, data: good.data.slice(0, 200) as `0x${string}` }
    const endless = syntheticLog(
      V2,
      'event TokenCreate(address creator, address token, uint256 requestId, string name, string symbol, uint256 totalSupply, uint256 launchTime, uint256 launchFee)',
      [someAddress(), someAddress(), 1n, 'n', 's', 1n, 1n, 1n]
    )
    const hugeOffset = `0x${endless.data.slice(2).replace(/^(.{192}).{64}/, `$1${'f'.repeat(64)}`)}`
    const empty = { ...good, data: '0x' as const }

    const { facts, undecodable } = logReader(sources)([
      truncated,
      { ...endless, data: hugeOffset as `0x${string}` },
      good,
      empty,
    ])

    assert.lengthOf(facts, 2)
    assert.lengthOf(undecodable, 3)
    for (const { detail, source } of undecodable) {
      assert.equal(source, 'four')
      assert.isNotEmpty(detail)
    }
  })

  test('logs that no source reads are passed over', ({ assert }) => {
    const foreign = syntheticLog(someAddress(), PURCHASE, [
      someAddress(),
      someAddress(),
      ...[1n, 2n, 3n, 4n, 5n, 6n],
    ])
    const unknown = { ...foreign, address: V2.toLowerCase() as `0x${string}`, topics: ['0x12'] }

    assert.deepEqual(logReader(sources)([foreign, unknown as never]), {
      facts: [],
      undecodable: [],
    })
  })

  test('the decoder agrees with viem on arbitrary values', ({ assert }) => {
    let seed = 7n
    const next = (bits: bigint) => {
      seed = (seed * 6364136223846793005n + 1442695040888963407n) % 2n ** 255n
      return seed % 2n ** bits
    }
    const read = logReader(sources)

    for (let round = 0; round < 200; round++) {
      const values = [someAddress(), someAddress(), ...Array.from({ length: 6 }, () => next(255n))]
      const log = syntheticLog(V2, PURCHASE, values)
      const { args } = decodeEventLog({
        abi: [parseAbiItem(PURCHASE)],
        topics: log.topics as never,
        data: log.data,
      }) as unknown as { args: Record<string, bigint> }

      assert.containsSubset(read([log]).facts[0]!.fact, {
        price: args.price,
        baseAmount: args.amount,
        quoteAmount: args.cost,
        fee: args.fee,
      })
    }
  })

  test('names lose what would hide or reorder text and keep what people write', ({ assert }) => {
    assert.equal(cleanText('BSC\u0000现状\n'), 'BSC现状')
    assert.equal(cleanText('two\nlines\t and\u2028 more'), 'two lines and more')
    assert.equal(cleanText('\u202Eevil\u2066'), 'evil')
    assert.equal(cleanText('a\u200Bb\uFEFF'), 'ab')
    assert.equal(cleanText('👨‍👩‍👧 <script>'), '👨‍👩‍👧 <script>')
    assert.equal(cleanText('🚀'.repeat(200)), `${'🚀'.repeat(127)}…`)
  })
})
