import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { HostNames, hostNames } from '#foundation/net/host_names'
import { fill, storeEndpoint } from '#benchmarks/deliver/fill_database'
import { sendAndWait } from '#benchmarks/deliver/send_to_many'

/** Names below this are asked of a server that never answers. */
const SILENT = '.silent.example'

/** How many endpoints have such a name, and as many take requests and never answer. */
const NOISY = 50

/** What waits for one endpoint, 100 events a request: 240 KB each, so that they would be 24 MB. */
const LARGE_EVENTS = 2000
const LARGE = {
  batchSize: 100,
  template: `[${Array(110).fill('data.metadata_uri').join(',')}]`,
}
const LARGE_COLUMNS = { metadata_uri: 'm'.repeat(2200) }

/** How long healthy endpoints wait for an event, alone or beside those that take what they can get. */
export async function sendBesideNoise(healthy: number, isNoisy: boolean) {
  const receiver = process.env.BENCH_RECEIVER
  if (isNoisy) {
    await silenceNames()
    await storeEndpoint(`${receiver}/large`, LARGE)
    await fill(LARGE_EVENTS, 0, LARGE_COLUMNS)
    for (let serial = 0; serial < NOISY; serial++) {
      await storeEndpoint(`http://n${serial}${SILENT}/`)
      await storeEndpoint(`${receiver}/hang/${serial}`)
    }
  }
  for (let serial = 0; serial < healthy; serial++) {
    await storeEndpoint(`${receiver}/live/${serial}`)
  }
  return { p99Ms: await sendAndWait(healthy, isNoisy ? LARGE_EVENTS : 0) }
}

async function silenceNames() {
  const server = createSocket('udp4').unref()
  await once(server.bind(0, '127.0.0.1'), 'listening')
  const silent = new HostNames({ servers: [`127.0.0.1:${server.address().port}`] })
  const known = hostNames.addressesOf.bind(hostNames)
  hostNames.addressesOf = (name) => (name.endsWith(SILENT) ? silent.addressesOf(name) : known(name))
}
