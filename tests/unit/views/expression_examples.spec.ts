import { test } from '@japa/runner'
import { compileFilter } from '#delivery/expressions/filter'
import { compileTemplate } from '#delivery/expressions/template'
import { FILTER_EXAMPLES, TEMPLATE_EXAMPLE } from '#views/webhook/expression_examples'

test.group('Examples beside the form of an endpoint', () => {
  test('can be saved as they are: {$self}')
    .with(Object.values(FILTER_EXAMPLES))
    .run(({ assert }, filter) => {
      assert.doesNotThrow(() => compileFilter(filter))
    })

  test('include a template that can be saved as it is', ({ assert }) => {
    assert.doesNotThrow(() => compileTemplate(TEMPLATE_EXAMPLE))
  })
})
