import { test } from '@japa/runner'
import { harmless, harmlessLine } from '#foundation/text/harmless'

/** CSI and OSC as C0 and as C1, a carriage return, DEL, and what turns text around. */
const ACTING = [
  '\u001b[2J',
  '\u009b2J',
  '\u001b]0;x\u0007',
  '\u009d',
  '\r',
  '\u007f',
  '\u202e',
  '\u2066',
]

// eslint-disable-next-line no-control-regex
const ACTS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

test.group('The words of strangers', () => {
  test('act on no terminal, and what is harmless stays as it is', ({ assert }) => {
    for (const text of ACTING) {
      assert.notMatch(harmless(`a${text}b`), ACTS)
    }
    assert.equal(harmless('a\u009bb'), 'a\\u009bb')
    const plain = 'líne 1\t\\u\n第二行 🚀\n'
    assert.equal(harmless(plain), plain)
  })

  test('are the same JSON for programs', ({ assert }) => {
    const value = { error: ACTING.join(' '), path: 'C:\\u009b' }
    const json = harmless(JSON.stringify(value))

    assert.notMatch(json, ACTS)
    assert.deepEqual(JSON.parse(json), value)
  })

  test('act in no log either, also where its lines are shown as readable ones', ({ assert }) => {
    const value = { msg: ACTING.join(' '), stack: 'a\n  at b', path: 'C:\\u001b\\r' }
    const line = harmlessLine(`${JSON.stringify(value)}\n`)

    const shown = JSON.parse(line)
    assert.notMatch(line.trimEnd(), ACTS)
    assert.notMatch(shown.msg, ACTS)
    assert.deepEqual({ ...shown, msg: '' }, { ...value, msg: '' })
  })
})
