import type { HttpContext } from '@adonisjs/core/http'

/** Filters of the feed that a browser keeps under a name. They are its own: no account is needed. */
export interface SavedView {
  name: string
  /** What stands behind `/?`. */
  query: string
}

export const VIEWS_COOKIE = 'regou-views'

/** A cookie holds some four thousand characters. */
const MOST_VIEWS = 6
const MOST_NAME = 24
const MOST_QUERY = 400

export function savedViewsOf(request: HttpContext['request']): SavedView[] {
  const kept: unknown = request.plainCookie(VIEWS_COOKIE)
  return Array.isArray(kept) ? kept.filter(isView).slice(0, MOST_VIEWS) : []
}

/** The same with one more; one of that name is replaced, and the oldest goes where there are too many. */
export function withView(views: readonly SavedView[], { name, query }: SavedView): SavedView[] {
  const view = { name: [...name].slice(0, MOST_NAME).join(''), query: query.slice(0, MOST_QUERY) }
  return [...withoutView(views, view.name), view].slice(-MOST_VIEWS)
}

export function withoutView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name)
}

/** The cookie may hold anything. */
function isView(view: unknown): view is SavedView {
  const { name, query } = (view ?? {}) as Record<string, unknown>
  return [
    [name, MOST_NAME],
    [query, MOST_QUERY],
  ].every(([text, most]) => typeof text === 'string' && text && text.length <= Number(most) * 2)
}
