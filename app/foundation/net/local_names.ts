import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'

const { platform, env } = process
const HOSTS =
  platform === 'win32'
    ? join(env.SystemRoot ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
    : '/etc/hosts'
const RESOLVER_SETTINGS = '/etc/resolv.conf'

/** The most and the fewest dots of a name that is looked up below the search domains (resolv.conf(5)). */
const DEFAULT_NDOTS = 1

/** What the machine itself says about names: its hosts file, and the domains in which short names are. */
export class LocalNames {
  readonly #hosts: ParsedFile<Map<string, string[]>>
  readonly #search: ParsedFile<Search>

  constructor({ hosts = HOSTS, settings = RESOLVER_SETTINGS } = {}) {
    this.#hosts = new ParsedFile(hosts, parseHosts)
    this.#search = new ParsedFile(settings, parseSearch)
  }

  /** The addresses that the hosts file gives a name; none when it does not know it. */
  addressesOf(name: string): readonly string[] {
    if (name === 'localhost' || name.endsWith('.localhost')) {
      return ['127.0.0.1', '::1']
    }
    return this.#hosts.content.get(name) ?? []
  }

  /** The names to ask for, in their order: a short one first in the search domains, others at last. */
  candidates(name: string): string[] {
    const { domains, ndots } = this.#search.content
    const below = domains.map((domain) => `${name}.${domain}`)
    const isShort = name.split('.').length - 1 < ndots
    return isShort ? [...below, name] : [name, ...below]
  }
}

/** The content of a small file, read again when it has changed. */
class ParsedFile<T> {
  #content?: T
  #changedAt = Number.NaN

  constructor(
    private readonly path: string,
    private readonly parse: (text: string) => T
  ) {}

  get content(): T {
    const changedAt = statSync(this.path, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (this.#content === undefined || changedAt !== this.#changedAt) {
      this.#content = this.parse(this.#text())
      this.#changedAt = changedAt
    }
    return this.#content
  }

  #text(): string {
    try {
      return readFileSync(this.path, 'utf8')
    } catch {
      return ''
    }
  }
}

function parseHosts(text: string): Map<string, string[]> {
  const addresses = new Map<string, string[]>()
  for (const [address = '', ...names] of wordsOf(text)) {
    for (const name of isIP(address) ? names : []) {
      const known = addresses.get(name.toLowerCase()) ?? []
      addresses.set(name.toLowerCase(), [...known, address])
    }
  }
  return addresses
}

interface Search {
  domains: string[]
  /** A name with fewer dots is looked up below the domains first. */
  ndots: number
}

function parseSearch(text: string): Search {
  const search: Search = { domains: [], ndots: DEFAULT_NDOTS }
  for (const [key, ...values] of wordsOf(text)) {
    if (key === 'search' || key === 'domain') search.domains = values
    const ndots = key === 'options' && values.find((value) => value.startsWith('ndots:'))
    if (ndots) search.ndots = Number(ndots.slice('ndots:'.length))
  }
  return { ...search, domains: search.domains.map((domain) => domain.replace(/\.$/, '')) }
}

/** The words of each line, without comments. */
function wordsOf(text: string): string[][] {
  return text.split('\n').map((line) =>
    line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/)
  )
}
