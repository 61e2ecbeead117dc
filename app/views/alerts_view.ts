import { displayText } from '#feed/display_text'
import type { WatchedSubject } from '#feed/watched_subjects'
import type { Viewer } from '#http/viewer'
import type WebPushSubscription from '#models/web_push_subscription'
import { addressView, identicon } from '#views/address_view'
import { browserName } from '#views/session_view'

/** What a user watches, as the page of alerts shows it: the latest first, in groups. */
export function alertsView(subjects: readonly WatchedSubject[]) {
  const views = subjects.map(subjectView)
  return {
    groups: (['token', 'creator', 'word', 'address'] as const)
      .map((kind) => ({ kind, subjects: views.filter((one) => one.kind === kind) }))
      .filter((group) => group.subjects.length > 0),
  }
}

function subjectView({ subject, token, record }: WatchedSubject) {
  if (!subject.startsWith('0x')) {
    return { kind: 'word' as const, subject, label: subject }
  }
  const address = addressView(subject)
  const common = { subject, address, icon: identicon(subject) }
  if (token) {
    return {
      ...common,
      kind: 'token' as const,
      url: `/tokens/${address.full}`,
      label: displayText(token.symbol),
      name: displayText(token.name),
    }
  }
  return record
    ? { ...common, kind: 'creator' as const, url: `/creators/${address.full}`, record }
    : { ...common, kind: 'address' as const }
}

/** A browser that tells its user while no page is open. */
export function toldBrowserView(subscription: WebPushSubscription, { locale, localTime }: Viewer) {
  const { id, boundAt } = subscription
  return { id, name: browserName(subscription, locale), since: localTime(boundAt) }
}
