import type { SchemaTypes } from '@vinejs/vine/types'
import { messages } from '#validators/rules'
import { strictly } from '#validators/strict'

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
