import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { getActiveTest } from '@japa/runner'

const TYPES = { 1: 'A', 28: 'AAAA' } as const
const NO_SUCH_NAME = 3

/** What a name server says of a name; null: nothing at all. */
type Said = { A?: readonly string[]; ttl?: number } | 'unknown' | null

/** A name server on a port of its own (RFC 1035), until the test ends. */
export async function startNameServer(says: (name: string) => Said) {
  const asked: string[] = []
  const server = createSocket('udp4')
  server.on('message', (question, { port, address }) => {
    const { name, type, end } = questionOf(question)
    if (type === 'A') asked.push(name)
    const said = says(name)
    if (said !== null) server.send(answerTo(question.subarray(0, end), type, said), port, address)
  })
  await once(server.bind(0, '127.0.0.1'), 'listening')
  getActiveTest()?.cleanup(() => void server.close())
  return { address: `127.0.0.1:${server.address().port}`, asked }
}

function questionOf(message: Buffer) {
  const labels: string[] = []
  let place = 12
  for (let length = message[place]!; length > 0; length = message[place]!) {
    labels.push(message.toString('latin1', place + 1, place + 1 + length))
    place += 1 + length
  }
  const type = TYPES[message.readUInt16BE(place + 1) as keyof typeof TYPES]
  return { name: labels.join('.').toLowerCase(), type, end: place + 5 }
}

function answerTo(question: Buffer, type: string, said: Exclude<Said, null>): Buffer {
  const addresses = said !== 'unknown' && type === 'A' ? (said.A ?? []) : []
  const head = Buffer.from(question)
  head.writeUInt16BE(0x8180 | (said === 'unknown' ? NO_SUCH_NAME : 0), 2)
  head.writeUInt16BE(addresses.length, 6)
  head.writeUInt16BE(0, 8)
  head.writeUInt16BE(0, 10)
  const records = addresses.map((address) => {
    const record = Buffer.alloc(16)
    // The name of the question, type A, class IN, TTL, four bytes.
    record.set([0xc0, 12, 0, 1, 0, 1])
    record.writeUInt32BE(said !== 'unknown' ? (said.ttl ?? 60) : 0, 6)
    record.writeUInt16BE(4, 10)
    record.set(address.split('.').map(Number), 12)
    return record
  })
  return Buffer.concat([head, ...records])
}
