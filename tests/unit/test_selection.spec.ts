import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

const { importCircles, testsOfFiles, testsOfWord } = await import(
  app.makeURL('bin/selection.js').href
)

test.group('Which tests concern a word', () => {
  test('are those in a folder of that name, and those that import from it', ({ assert }) => {
    const tests = testsOfWord('billing')

    assert.include(tests, 'tests/functional/billing/crediting.spec.ts')
    assert.include(tests, 'tests/unit/billing/bought_time.spec.ts')
    assert.include(tests, 'tests/functional/accounts/plan.spec.ts')
    assert.notInclude(tests, 'tests/functional/collectors/scan.spec.ts')
  })

  test('are those of a file, of a part of a path, and of a command', ({ assert }) => {
    assert.include(testsOfWord('token_bucket'), 'tests/unit/delivery/token_bucket.spec.ts')
    assert.include(testsOfWord('ken_buck'), 'tests/unit/delivery/token_bucket.spec.ts')
    assert.include(
      testsOfWord('webhook_list'),
      'tests/functional/commands/webhook_commands.spec.ts'
    )
  })

  test('are none where nothing is named so', ({ assert }) => {
    assert.isNull(testsOfWord('no-such-room'))
  })
})

test.group('Which tests concern a change', () => {
  test('are those of what imports the file, where no test does', ({ assert }) => {
    assert.isNotEmpty(testsOfFiles(['config/billing.ts']))
  })

  test('are those that look at what has no imports', ({ assert }) => {
    assert.deepEqual(testsOfFiles(['docs/api.md']), ['tests/unit/docs.spec.ts'])
    assert.include(testsOfFiles(['resources/lang/en/feed.json']), 'tests/unit/languages.spec.ts')
  })

  test('are those of a controller by its name', ({ assert }) => {
    const tests = testsOfFiles(['app/controllers/api/latest_events_controller.ts'])
    assert.include(tests, 'tests/functional/api/latest_events.spec.ts')
  })
})

test.group('Files', () => {
  test('import each other in no circle, not for a type either', ({ assert }) => {
    assert.deepEqual(importCircles(), [])
  })
})
