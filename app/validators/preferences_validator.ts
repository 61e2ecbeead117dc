import vine from '@vinejs/vine'
import { ownPath } from '#validators/own_path'
import { locales, themes } from '#http/page_language'

/** What a visitor may choose and the page to return to. */
export const preferencesValidator = vine.create({
  locale: vine.enum(locales).optional(),
  theme: vine.enum(themes).optional(),
  back: ownPath(),
})
