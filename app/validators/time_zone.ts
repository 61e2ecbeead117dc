import vine from '@vinejs/vine'

/** The zones that this runtime knows, by their IANA names. */
export const timeZones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

export const timeZone = () => vine.enum(timeZones)
