import { defineConfig } from '@adonisjs/core/bodyparser'

const bodyParserConfig = defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],

  form: {
    convertEmptyStringsToNull: true,
    types: ['application/x-www-form-urlencoded'],
  },

  json: {
    convertEmptyStringsToNull: true,
    types: ['application/json'],
    limit: '1mb',
  },

  /** Nothing here takes uploads. */
  multipart: {
    autoProcess: false,
    types: [],
  },
})

export default bodyParserConfig
