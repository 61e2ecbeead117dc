import { languageState } from '#http/language'
import type { Viewer } from '#http/viewer'
import type UserSession from '#models/user_session'

/** A session as its owner recognises it: the browser, and when it was last used. */
export function sessionView(
  session: UserSession,
  current: UserSession,
  { locale, localTime }: Viewer
) {
  const { id, browser, system, createdAt, lastSeenAt } = session
  const name = browser ?? languageState(locale).t('account.sessions.unknown')
  return {
    id,
    name: system ? `${name} · ${system}` : name,
    isCurrent: id === current.id,
    since: localTime(createdAt),
    seen: localTime(lastSeenAt),
  }
}
