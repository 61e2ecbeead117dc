import type { HttpContext } from '@adonisjs/core/http'

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
}

/** Answers a form: back to the user center, at the panel that the form stood in. */
export function backToPanel({ session, response }: HttpContext, panel: string, notice: Notice) {
  session.flash('notice', { ...notice, panel })
  response.redirect().status(303).toPath(`/user-center#${panel}`)
}
