/** What the parts of a proof cost: CPU milliseconds for a block as full as those of the main network. */
import { contend } from '#benchmarks/support/measure'
import { readBlockJson } from '#sources/tron/block_json'
import { headerSigner, isRootRight } from '#sources/tron/prove_block'
import { Signers } from '#sources/tron/signatures'
import { writeTransactions } from '#sources/tron/transaction_bytes'

const [FIRST, LAST] = [3, 42]
const TIMES = 5

const response = await fetch(`${process.env.BENCH_NODE}/wallet/getblockbylimitnext`, {
  method: 'POST',
  body: JSON.stringify({ startNum: FIRST, endNum: LAST + 1 }),
})
const { block: answered } = (await response.json()) as { block: any[] }
const given = answered.map(readBlockJson)
const parts = answered.map(({ transactions }) =>
  transactions.map((each: any) => ({
    rawDataHex: each.raw_data_hex,
    signaturesHex: each.signature,
    results: [Buffer.of(0x18, 1)],
  }))
)
const signers = new Signers()

async function cpuMs(work: () => unknown): Promise<number> {
  await work()
  const start = process.cpuUsage()
  for (let time = 0; time < TIMES; time++) await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / TIMES / given.length
}

await contend(async () => ({
  blocks: given.length,
  signatureMs: await cpuMs(() =>
    Promise.all(given.map(({ header }) => headerSigner(signers, header)))
  ),
  rootMs: await cpuMs(() =>
    given.forEach(({ header }, at) =>
      isRootRight(header, writeTransactions(parts[at]).transactions)
    )
  ),
}))
