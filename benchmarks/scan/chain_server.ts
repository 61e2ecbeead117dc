/**
 * Serves a synthetic chain to both contenders alike: two logs a block, one creation in ten logs,
 * the rest purchases. Answers are put together from JSON made beforehand, so that the server
 * costs next to nothing while they run.
 */
import { createServer } from 'node:http'
import { encodeAbiParameters, parseAbiParameters } from 'viem'
import { bloomOf, hashOf } from '#tests/support/chain/bloom_of'

const BLOCKS = Number(process.env.BENCH_BLOCKS)
const LOGS_PER_BLOCK = 2
const FOUR = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'
const CREATE = '0x396d5e902b675b032348d3d2e9517ee8f0c4a926603fbc075d3d282ff00cad20'
const PURCHASE = '0x7db52723a3b2cdd6164364b3b766e65e540d7be48ffa89582956d8eaebe62942'
const CREATE_FIELDS = parseAbiParameters(
  'address, address, uint256, string, string, uint256, uint256, uint256'
)
const PURCHASE_FIELDS = parseAbiParameters(
  'address, address, uint256, uint256, uint256, uint256, uint256, uint256'
)
const BLOOM = bloomOf([FOUR, CREATE, PURCHASE])
const START_SECONDS = 1_780_000_000

const hex = (number: number) => `0x${number.toString(16)}`
const address = (number: number): `0x${string}` => `0x${number.toString(16).padStart(40, '0')}`
const blockHash = (number: number) => `0xb${number.toString(16).padStart(63, '0')}`
const numberOf = (hash: string) => Number(`0x${hash.slice(3)}`)
const seconds = (block: number) => hex(START_SECONDS + Math.floor(block * 0.45))

function dataOf(serial: number): [topic: string, data: string] {
  const amount = BigInt(serial + 1) * 10n ** 15n
  if (serial % 10 === 0) {
    const token = address(0x4444_0000 + serial / 10)
    return [
      CREATE,
      encodeAbiParameters(CREATE_FIELDS, [
        address(serial),
        token,
        BigInt(serial),
        `代币 number ${serial}`,
        `T${serial}`,
        10n ** 27n,
        0n,
        0n,
      ]),
    ]
  }

  // People trade what is new: one of the latest hundred tokens.
  const newest = Math.floor(serial / 10)
  const token = address(0x4444_0000 + Math.max(0, newest - ((serial * 7919) % 100)))
  return [
    PURCHASE,
    encodeAbiParameters(PURCHASE_FIELDS, [
      token,
      address(serial),
      amount,
      amount * 3n,
      amount,
      amount / 100n,
      amount * 9n,
      amount * 2n,
    ]),
  ]
}

const logsOfBlock: string[] = ['']
for (let block = 1; block <= BLOCKS; block++) {
  const logs = Array.from({ length: LOGS_PER_BLOCK }, (_, logIndex) => {
    const serial = (block - 1) * LOGS_PER_BLOCK + logIndex
    const [topic, data] = dataOf(serial)
    return JSON.stringify({
      address: FOUR,
      topics: [topic],
      data,
      blockNumber: hex(block),
      blockHash: blockHash(block),
      blockTimestamp: seconds(block),
      transactionHash: hashOf(serial),
      transactionIndex: hex(logIndex),
      logIndex: hex(logIndex),
      removed: false,
    })
  })
  logsOfBlock.push(logs.join(','))
}

function answer(method: string, params: unknown[]): string {
  if (method === 'eth_getLogs') {
    const { fromBlock, toBlock } = params[0] as Record<string, string>
    const blocks = logsOfBlock.slice(Number(fromBlock), Number(toBlock) + 1)
    return `[${blocks.filter(Boolean).join(',')}]`
  }
  if (method === 'eth_getBlockReceipts') {
    return `[{"logs":[${logsOfBlock[numberOf(String(params[0]))]}]}]`
  }
  if (method === 'eth_chainId') {
    return '"0x38"'
  }
  // The head stands far beyond the range, so that all of it is history.
  const number =
    typeof params[0] === 'string' && params[0].startsWith('0x') ? Number(params[0]) : BLOCKS + 1000
  return JSON.stringify({
    number: hex(number),
    hash: blockHash(number),
    parentHash: blockHash(number - 1),
    timestamp: seconds(number),
    logsBloom: BLOOM,
  })
}

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    const { id, method, params } = JSON.parse(body)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(`{"jsonrpc":"2.0","id":${id},"result":${answer(method, params)}}`)
  })
})

server.listen(0, '127.0.0.1', () => {
  process.send!({ port: (server.address() as { port: number }).port })
})
