import app from '@adonisjs/core/services/app'
import { defineConfig, formatters, loaders } from '@adonisjs/i18n'
import languages from '#config/languages'

/**
 * Chinese is the language of most traders and the default; the others are one click away.
 */
const [first, ...others] = Object.keys(languages)

const i18nConfig = defineConfig({
  defaultLocale: first!,
  supportedLocales: [first!, ...others],
  fallbackLocales: Object.fromEntries(others.map((other) => [other, first!])),
  formatter: formatters.icu(),
  loaders: [loaders.fs({ location: app.languageFilesPath() })],
})

export default i18nConfig
