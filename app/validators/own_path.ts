import vine from '@vinejs/vine'

/** A path of this site, never another host. */
export const ownPath = () =>
  vine
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
