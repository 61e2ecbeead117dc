import { createServer } from 'node:http'

type Fact = Record<string, string | number | null>

/**
 * A receiver of webhooks that accepts everything and tells the fact of each event.
 *
 * @returns a function that ends it
 */
export async function receive(port: number, onFact: (fact: Fact) => void): Promise<() => void> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      response.writeHead(204).end()
      onFact(JSON.parse(Buffer.concat(chunks).toString()).data)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  return () => {
    server.closeAllConnections()
    server.close()
  }
}
