import { readFileSync, readdirSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { notReplayable } from '#webhooks/deliveries/replay_deliveries'
import { JOB_STATES } from '#webhooks/deliveries/delivery_filters'
import { DISABLINGS, FAILURES, HOLDS, SKIPS, SUMMARISED } from '#models/reasons'
import { FINDINGS } from '#health/finding'
import { JOB_OUTCOMES } from '#health/planned_pushes'
import { HEALTH_LEVELS } from '#models/push_health_check'
import { locales, type Locale } from '#http/language'
import { periods } from '#validators/webhook/delivery_forms'

type Messages = { [key: string]: string | Messages }

function messages(locale: Locale, file: string): Messages {
  return JSON.parse(readFileSync(app.languageFilesPath(locale, file), 'utf8'))
}

function keysOf(part: Messages, path = ''): string[] {
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'string' ? `${path}${key}` : keysOf(value, `${path}${key}.`)
  )
}

test.group('Languages', () => {
  const files = readdirSync(app.languageFilesPath(locales[0]))

  test('say the same in {$self}')
    .with(files)
    .run(({ assert }, file) => {
      const [first, ...others] = locales.map((locale) => keysOf(messages(locale, file)))

      for (const other of others) {
        assert.sameMembers(other, first!)
      }
    })

  test('have a folder each, with the same files', ({ assert }) => {
    assert.sameMembers(readdirSync(app.languageFilesPath()), [...locales])
    for (const locale of locales) {
      assert.sameMembers(readdirSync(app.languageFilesPath(locale)), files)
    }
  })

  test('have words for all that an operator may be told of a delivery: {$self}')
    .with([...locales])
    .run(({ assert }, locale) => {
      const keys = ['webhook', 'deliveries'].flatMap((name) =>
        keysOf(messages(locale, `${name}.json`))
      )

      assert.includeMembers(keys, [
        ...FAILURES.map((kind) => `failures.${kind}`),
        ...Object.keys(notReplayable).map((reason) => `notices.left.${reason}`),
        ...JOB_STATES.map((state) => `states.${state}`),
        ...periods.map((period) => `periods.${period}`),
      ])
    })

  test('have words for each reason why something was not sent: {$self}')
    .with([...locales])
    .run(({ assert }, locale) => {
      assert.includeMembers(keysOf(messages(locale, 'reasons.json')), [
        ...SKIPS,
        ...HOLDS,
        SUMMARISED,
        ...DISABLINGS,
      ])
    })

  test('have words for all that a check of pushing may find: {$self}')
    .with([...locales])
    .run(({ assert }, locale) => {
      const keys = keysOf(messages(locale, 'health.json'))

      assert.includeMembers(keys, [
        ...FINDINGS.map((finding) => `findings.${finding}`),
        ...HEALTH_LEVELS.map((level) => `levels.${level}`),
        ...JOB_OUTCOMES.filter((outcome) => !['sent', 'waiting'].includes(outcome)).map(
          (outcome) => `losses.${outcome}`
        ),
      ])
    })
})
