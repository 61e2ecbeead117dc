/** A URL without what stands before its host, and the header that says it instead: undici says neither. */
export function withoutCredentials(url: string): {
  bare: string
  authorization: Record<string, string>
} {
  const { username, password, href } = new URL(url)
  const bare = href.replace(/\/\/[^/]*@/, '//')
  return username
    ? { bare, authorization: { authorization: basicAuthorization(username, password) } }
    : { bare, authorization: {} }
}

/** Some providers have a key in the name or the password. */
function basicAuthorization(username: string, password: string): string {
  const [name, secret] = [username, password].map(decoded)
  return `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
