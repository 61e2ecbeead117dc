import vine from '@vinejs/vine'
import { locales, themes } from '#transformers/page_language'

/** What a visitor may choose, and the page to return to: a path of this site, never another host. */
export const preferencesValidator = vine.create({
  locale: vine.enum(locales).optional(),
  theme: vine.enum(themes).optional(),
  back: vine
    .string()
    .regex(/^\/(?![/\\])/)
    .optional(),
})
