/**
 * Subscribes to the node's new blocks, which needs no key.
 *
 * @returns a function that ends the subscription
 */
export function watchHeads(url: string, onHead: (block: number) => void): () => void {
  const socket = new WebSocket(url)
  const question = { jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }

  socket.addEventListener('open', () => socket.send(JSON.stringify(question)))
  socket.addEventListener('message', ({ data }) => {
    const { method, params } = JSON.parse(String(data))
    if (method === 'eth_subscription') {
      onHead(Number(params.result.number))
    }
  })
  return () => socket.close()
}
