import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import type { FieldContext, SchemaTypes } from '@vinejs/vine/types'
import { ApiError } from '#exceptions/api_error'
import { messages } from '#validators/rules'

/** Calls what is inside a list or an object by its whole path: `retry_schedule.0`, not `0`. */
class PathMessages extends SimpleMessagesProvider {
  getMessage(raw: string, rule: string, field: FieldContext, meta?: Record<string, any>) {
    const named = Object.create(field, { name: { value: field.getFieldPath() } })
    return super.getMessage(raw, rule, named, meta)
  }
}

interface Words {
  /** What the place is called where the parameters are sent. */
  place: string
  /** What each rule expects, in the words of an API reader. */
  messages: Record<string, string>
}

/** How many unknown parameters are named: the answer must not grow far beyond the request. */
const NAMED = 10

/** Parameters of a request, none of them unknown. */
function strictly<Properties extends Record<string, SchemaTypes>>(
  properties: Properties,
  { place, messages: expected }: Words
) {
  const validator = vine.create(properties)
  validator.messagesProvider = new PathMessages(expected)
  const known = Object.keys(properties)

  return {
    /** As JSON Schema, for the description of the API. */
    schema: () => validator.toJSONSchema(),

    /**
     * A misspelt parameter is refused, not ignored: its sender would believe that it counts.
     *
     * @throws E_VALIDATION_ERROR or ApiError (422)
     */
    async read(parameters: Record<string, unknown>) {
      const unknown = Object.keys(parameters).filter((name) => !known.includes(name))
      if (unknown.length > 0) {
        const message = `${place} has no such parameter; it understands: ${known.join(', ')}`
        const refuse = (field: string) => ({ code: 'unknown_parameter', message, field })
        throw new ApiError(422, unknown.slice(0, NAMED).map(refuse))
      }
      return validator.validate(parameters)
    },
  }
}

/** The query parameters a route understands. */
export const queryOf = <Properties extends Record<string, SchemaTypes>>(properties: Properties) =>
  strictly(properties, { place: 'This list', messages })

const bodyMessages = {
  ...messages,
  'required': 'The {{ field }} parameter is missing',
  'string': 'The {{ field }} parameter must be text',
  'array': 'The {{ field }} parameter must be a list',
  'record': 'The {{ field }} parameter must be an object of texts',
  'maxLength': 'The {{ field }} parameter must not be longer than {{ max }} characters',
  'array.maxLength': 'The {{ field }} parameter must not have more than {{ max }} entries',
  'record.maxLength': 'The {{ field }} parameter must not have more than {{ max }} entries',
}

/** The JSON body a route understands. */
export const bodyOf = <Properties extends Record<string, SchemaTypes>>(properties: Properties) =>
  strictly(properties, { place: 'This body', messages: bodyMessages })
