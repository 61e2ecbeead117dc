/** In bytes. Regou sends at most 2 MiB at once. */
const LARGEST_BODY = 4 * 1024 * 1024

/**
 * The body of a request as it came, which nothing is known of yet; null when it is too large, or broke
 * off. What is too much is read and forgotten, so that the sender gets to read the answer.
 */
export function readBody(request) {
  const chunks = []
  let size = 0
  return new Promise((resolve) => {
    request.on('data', (chunk) => {
      size += chunk.length
      if (size <= LARGEST_BODY) chunks.push(chunk)
      else resolve(null)
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('close', () => resolve(null))
  })
}
