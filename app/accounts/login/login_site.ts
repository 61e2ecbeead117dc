/** This site as a wallet names it to its owner. */
export interface LoginSite {
  /** Host, and port where it is not the usual one. */
  domain: string
  /** The page that asks for the signature. */
  uri: string
}

/** Hosts that only a browser on this very machine can mean. */
const THIS_MACHINE = /^(?:localhost|127\.0\.0\.1)(?::\d{1,5})?$/

/**
 * The site that login messages name: APP_URL. Without it the host of the request counts, but only
 * where it means this machine: a site that relays requests chooses their host, and
 * could have people sign there what logs the relay in here.
 *
 * @returns null when logging in is not possible under this host
 */
export function loginSite(appUrl: string | undefined, host: string): LoginSite | null {
  if (appUrl) {
    const { host: domain, origin } = new URL(appUrl)
    return { domain, uri: `${origin}/login` }
  }
  return THIS_MACHINE.test(host) ? { domain: host, uri: `http://${host}/login` } : null
}
