/** Where a Redis is, in the words of its client. */
export interface RedisPlace {
  host: string
  port: number
  username?: string
  password?: string
  db: number
  tls?: { servername: string }
}

/** @param url `redis://user:password@host:6379/0`, or `rediss://…` for TLS */
export function redisPlace(url: string): RedisPlace {
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  const host = hostname.replace(/^\[(.+)\]$/, '$1')
  return {
    host,
    port: Number(port || 6379),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1)),
    ...(protocol === 'rediss:' && { tls: { servername: host } }),
  }
}
