import limitsConfig from '#config/limits'
import { isExpected, isRefusal, Refusal } from '#foundation/errors'
import { harmless } from '#foundation/text/harmless'
import { redact } from '#foundation/text/redact'
import type { HttpContext } from '@adonisjs/core/http'
import { languageState, visitorLocale } from '#http/language'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** What came of the form that was sent. */
    answered?: Notice
  }
}

/** What a page says once, above everything else, after a form was sent. */
export interface Notice {
  /** A message under `notices` in the language file of its pages. */
  key: string
  /** What goes into the message. */
  values?: Record<string, number>
  /** Whether it went wrong. */
  isProblem?: boolean
  /** In the words of what refused it. */
  detail?: string
  /** Shown this once, to be copied. */
  secret?: string
  /** Fields of the form that the page fills in again as they were. */
  kept?: string[]
}

/** Answers a form: back to the user center, at the panel that the form stood in. */
export function backToPanel(
  { session, response }: HttpContext,
  panel: string,
  { kept = [], ...notice }: Notice
) {
  session.flash('notice', { ...notice, panel })
  session.flashOnly(kept)
  response.redirect().status(303).toPath(`/user-center#${panel}`)
}

/**
 * Does what a form asked for and leads to the page, and the panel of it, that says what came of it
 * or why nothing did.
 */
export async function answerForm(ctx: HttpContext, path: string, work: () => Promise<Notice>) {
  const notice = await work().catch((error) => refusal(ctx, error))
  const [, panel] = path.split('#')
  ctx.answered = notice
  ctx.session.flash('notice', { ...notice, panel })
  ctx.response.redirect().status(303).toPath(path)
}

/** As `answerForm`, and says in words whatever was refused, as the command that does the same would. */
export function answerAction(ctx: HttpContext, path: string, work: () => Promise<Notice>) {
  return answerForm(ctx, path, () =>
    work().catch((error: Error) => {
      if (!isExpected(error)) throw error
      return { key: 'refused', isProblem: true, detail: harmless(redact(error.message)) }
    })
  )
}

/** Said of endpoints that nothing here can change. */
export const OF_ENVIRONMENT: Notice = { key: 'environment', isProblem: true }

/** The sender of a form that our pages do not hold learns no more than that. */
export const NOT_OURS: Notice = { key: 'notUnderstood', isProblem: true }

function refusal(ctx: HttpContext, error: unknown): Notice {
  if (isRefusal(error, 'invalid_parameter')) {
    return { key: 'refused', isProblem: true, detail: refusalText(ctx, error) }
  }
  if (isRefusal(error, 'environment_endpoint')) return OF_ENVIRONMENT
  if (isRefusal(error, 'endpoint_disabled')) return { key: 'disabledFirst', isProblem: true }
  if (isRefusal(error, 'needs_pro')) return { key: 'needsPro', isProblem: true }
  const limit = limitNotice(error)
  if (limit) return limit
  throw error
}

const LIMITS = {
  too_many_endpoints: { key: 'tooManyEndpoints', most: limitsConfig.endpoints },
  too_many_tokens: { key: 'tooManyTokens', most: limitsConfig.tokens },
  too_many_replays: { key: 'tooManyReplays', most: limitsConfig.replays },
}

/** What is said to an account that has as much of something as it may; null for another error. */
export function limitNotice(error: unknown): Notice | null {
  if (!(error instanceof Refusal) || !(error.code in LIMITS)) return null
  const { key, most } = LIMITS[error.code as keyof typeof LIMITS]
  return { key, values: { most }, isProblem: true }
}

/** Why an endpoint was refused: in the visitor's language where it has words for that, else in the error's own. */
export function refusalText(ctx: HttpContext, { fault, message }: Refusal): string {
  return fault ? languageState(visitorLocale(ctx)).t(`reasons.url.${fault}`) : message
}
