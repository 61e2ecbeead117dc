import { OperatorError } from '#foundation/errors'

/** Every host of the real service ends in this. */
const OFFICIAL = '.weixin.qq.com'

/**
 * The hosts that may be sent a bot's token. Answers of the service name further hosts (a redirect
 * while logging in, a bot's own base URL): a forged one would get the token.
 */
export class TrustedHosts {
  readonly #own: ReadonlySet<string>
  readonly #home: URL

  /**
   * @param homeUrl where logging in starts; the host is trusted because the operator names it
   * @param own further hosts of the operator's, such as `ilink.example.com` or `127.0.0.1:4010`;
   *   without a port, each port of the host
   * @throws OperatorError when the first is not the URL of a service, or sends tokens in the clear
   */
  constructor(homeUrl: string, own: readonly string[] = []) {
    this.#home = new URL(homeUrl)
    this.#own = new Set([this.#home.host, ...own.map((host) => host.toLowerCase())])
    if (isOfficial(this.#home) && this.#baseOf(this.#home) === null) {
      throw new OperatorError(
        `WECHAT_ILINK_URL has to begin with https:// and name no port below ${OFFICIAL}`
      )
    }
  }

  /** Where logging in starts, without a slash at its end. */
  get home(): string {
    return this.#home.href.replace(/\/+$/, '')
  }

  /** The base URL that an answer names, or null where it may not be used. */
  trustedBase(url: string): string | null {
    const parsed = URL.parse(url)
    return parsed && this.#baseOf(parsed)
  }

  /**
   * The base URL of a bare host that an answer names, or null where it may not be used. A host of
   * the operator's is spoken to as the first one is, with or without TLS.
   */
  trustedHost(host: string): string | null {
    const url = URL.parse(`https://${host}`)
    if (!url || url.pathname !== '/') {
      return null
    }
    return this.trustedBase(isOfficial(url) ? url.href : `${this.#home.protocol}//${host}`)
  }

  /** Whether the operator named the host: it may then be a private address. */
  isOwn({ host, hostname }: URL): boolean {
    return this.#own.has(host) || this.#own.has(hostname.replace(/^\[|\]$/g, ''))
  }

  #baseOf(url: URL): string | null {
    const isPlain = url.username === '' && url.password === '' && url.search === '' && !url.hash
    const isTrusted = isOfficial(url)
      ? url.protocol === 'https:' && url.port === ''
      : this.isOwn(url) && /^https?:$/.test(url.protocol)
    return isPlain && isTrusted ? url.href.replace(/\/+$/, '') : null
  }
}

function isOfficial({ hostname }: URL): boolean {
  return hostname.endsWith(OFFICIAL)
}
