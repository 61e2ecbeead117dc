import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import { ApiError } from '#exceptions/api_error'
import { messages } from '#validators/rules'

/** The query parameters a route understands. */
export function queryOf<Properties extends Record<string, SchemaTypes>>(properties: Properties) {
  const validator = vine.create(properties)
  validator.messagesProvider = new SimpleMessagesProvider(messages)
  const known = Object.keys(properties)

  return {
    /**
     * A misspelt filter is refused, not ignored: its caller would take everything for a selection.
     *
     * @throws E_VALIDATION_ERROR or ApiError (422)
     */
    async read(parameters: Record<string, unknown>) {
      const unknown = Object.keys(parameters).filter((name) => !known.includes(name))
      if (unknown.length > 0) {
        const message = `This list has no such parameter; it understands: ${known.join(', ')}`
        const refuse = (field: string) => ({ code: 'unknown_parameter', message, field })
        throw new ApiError(422, unknown.map(refuse))
      }
      return validator.validate(parameters)
    },
  }
}
