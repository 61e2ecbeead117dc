/**
 * Settings whose value is a secret, or a URL that may hold one. Their raw text is what is looked for,
 * so it makes no difference whether the value is usable.
 */
const SECRET_SETTING = /(_KEYS?|_SECRET|_TOKEN|_PASSWORD|_XPUB|_URLS?)$|^PGPASSWORD$/

/** Shorter parts are words that may stand anywhere. In characters. */
const SHORTEST_SECRET = 8

/** What paths are made of beside keys, such as "webhooks". */
const PLAIN_WORD = /^[a-z][a-z_-]{0,18}$/

/** What may be left of a secret that was cut at a sign which a URL may not hold. */
const MIXED_RUN = /(?=[a-z]*\d)[a-z\d]{8,}/gi

/** What stands in the place of a secret. */
const HIDDEN = '…'

/** User name and password of any URL. */
const USER_INFO = /(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#"'`]*@/gi

const remembered = new Set<string>()
let known: { settings: string; size: number; pattern: RegExp | null } | undefined

/** Hides what a URL holds beside its host from now on: for those that come from elsewhere than a setting. */
export function hideSecretsOf(url: string) {
  for (const secret of partsOf(url)) remembered.add(secret)
}

/**
 * A text without the secrets of the settings and of the URLs that are in use: for everything that is
 * logged, stored as a reason, or shown as an error. Hosts stay, so that it can be told which endpoint is
 * meant.
 */
export function redact(text: string): string {
  const pattern = secretPattern()
  const visible = text.replace(USER_INFO, `$1${HIDDEN}@`)
  return pattern ? visible.replace(pattern, HIDDEN) : visible
}

/** The host and path of a URL for a log or a report, without what may be a key in its path. */
export function visiblePartOf(url: string): string {
  const parsed = URL.parse(url)
  if (!parsed) {
    return 'invalid URL'
  }
  const isVisible = (part: string) => part.length < SHORTEST_SECRET || PLAIN_WORD.test(part)
  const path = parsed.pathname.split('/').map((part) => (isVisible(part) ? part : HIDDEN))
  return parsed.host + (path.length === 2 && path[1] === '' ? '' : path.join('/'))
}

/** One pattern for all secrets, made anew when there are others. */
function secretPattern(): RegExp | null {
  const names = Object.keys(process.env).filter((name) => SECRET_SETTING.test(name))
  const values = names.map((name) => process.env[name] ?? '')
  const settings = values.join('\n')
  if (known?.settings !== settings || known.size !== remembered.size) {
    const secrets = new Set([...remembered, ...values.flatMap(partsOf)])
    // The longest first: a secret may begin with another one.
    const sorted = [...secrets].toSorted((one, other) => other.length - one.length)
    const pattern = sorted.length > 0 ? new RegExp(sorted.map(RegExp.escape).join('|'), 'gi') : null
    known = { settings, size: remembered.size, pattern }
  }
  return known.pattern
}

/** The parts of a value that may be secret: of URLs all but their hosts, else the whole as well. */
function partsOf(value: string): string[] {
  const parts = value.split(',').flatMap((each) => {
    const text = each.trim()
    return URL.canParse(text) && text.includes('://')
      ? partsOfUrl(text)
      : [text, ...partsOfUrl(text)]
  })
  const spellings = parts
    .flatMap((part) => [part, decoded(part), ...(part.match(MIXED_RUN) ?? [])])
    .flatMap((part) => [part, JSON.stringify(part).slice(1, -1)])
  return [...new Set(spellings)].filter((part) => part.length >= SHORTEST_SECRET)
}

/** Also of a URL that cannot be parsed. The name of a database is no secret. */
function partsOfUrl(url: string): string[] {
  const [, scheme = '', rest = ''] = /^(?:([a-z+]+):?\/+)?(.*)$/is.exec(url)!
  const at = rest.lastIndexOf('@')
  const userInfo = at < 0 ? '' : rest.slice(0, at)
  const [, path = '', query = ''] = /^[^/?#]*([^?#]*)(.*)$/s.exec(rest.slice(at + 1))!

  const user = userInfo.slice(userInfo.indexOf(':') + 1)
  const folders = /^postgres/i.test(scheme) ? [] : path.split('/')
  const values = query.split(/[?&#;]/).map((pair) => pair.slice(pair.indexOf('=') + 1))
  return [user, ...[...folders, ...values].filter((part) => !PLAIN_WORD.test(part))]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
