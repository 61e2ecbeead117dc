import { languageState, type Locale } from '#http/language'
import type { Viewer } from '#http/viewer'
import type UserSession from '#models/user_session'

/** A session as its owner recognises it: the browser, and when it was last used. */
export function sessionView(
  session: UserSession,
  current: UserSession,
  { locale, localTime }: Viewer
) {
  const { id, createdAt, lastSeenAt } = session
  return {
    id,
    name: browserName(session, locale),
    isCurrent: id === current.id,
    since: localTime(createdAt),
    seen: localTime(lastSeenAt),
  }
}

/** What a browser is called, with its system. */
export function browserName(
  { browser, system }: { browser: string | null; system: string | null },
  locale: Locale
): string {
  const name = browser ?? languageState(locale).t('account.sessions.unknown')
  return system ? `${name} · ${system}` : name
}
