import type { TestContext } from '@japa/runner/core'

/** Gives settings other values until the test has ended. */
export function setWhile<Settings extends object>(
  test: TestContext['test'],
  settings: Settings,
  values: Partial<Settings>
) {
  const before = { ...settings }
  Object.assign(settings, values)
  test.cleanup(() => void Object.assign(settings, before))
}
