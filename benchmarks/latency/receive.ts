import { createServer } from 'node:http'

/**
 * A receiver of webhooks that accepts everything and tells the block of each event.
 *
 * @returns a function that ends it
 */
export async function receive(port: number, onEvent: (block: number) => void): Promise<() => void> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      response.writeHead(204).end()
      onEvent(JSON.parse(Buffer.concat(chunks).toString()).data.block_number)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  return () => {
    server.closeAllConnections()
    server.close()
  }
}
