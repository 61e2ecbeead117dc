import { displayText } from '#feed/display_text'
import type { FactRow } from '#facts/define_fact'
import { languageState, type Locale } from '#http/language'
import { addressView } from '#views/address_view'
import activeSources from '#start/sources'

interface Place {
  /** The origin of this site. */
  site: string
  /** Of the feed itself, with its query. */
  path: string
}

/** Launches, newest first, as a feed (RFC 4287) for the programs that people read news with. */
export function atomFeed(
  launches: readonly FactRow[],
  kind: 'created' | 'graduated',
  { site, path }: Place,
  locale: Locale
): string {
  const { t } = languageState(locale)
  const updated = Number(launches[0]?.event_time ?? 0)
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
<id>${site}${escape(path)}</id>
<title>Regou · ${escape(t(`feed.${kind}`))}</title>
<updated>${new Date(updated).toISOString()}</updated>
<link rel="self" href="${site}${escape(path)}"/>
<link rel="alternate" type="text/html" href="${site}/?kind=${kind}"/>
<author><name>Regou</name></author>
${launches.map((launch) => entry(launch, site, t('feed.unnamed'))).join('\n')}
</feed>
`
}

function entry(launch: FactRow, site: string, unnamed: string): string {
  const { full } = addressView(String(launch.token_address))
  const [symbol, name] = [launch.symbol, launch.name].map((text) =>
    displayText(text as string | null)
  )
  const venue = activeSources().find((source) => source.name === launch.source)?.label
  const title = [symbol ?? unnamed, name !== symbol && name, venue ?? String(launch.source)]
  return `<entry>
<id>urn:regou:launch:${launch.chain_id}:${launch.launch_tx}:${launch.log_index}</id>
<title>${escape(title.filter(Boolean).join(' · '))}</title>
<updated>${new Date(Number(launch.event_time)).toISOString()}</updated>
<link rel="alternate" type="text/html" href="${site}/tokens/${full}"/>
<summary>${full}</summary>
</entry>`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!)
}
