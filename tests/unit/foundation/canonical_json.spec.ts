import { test } from '@japa/runner'
import { canonicalJson } from '#foundation/text/canonical_json'

/** Bits of a double in hexadecimal, and how RFC 8785 writes it (appendix B). */
const NUMBERS = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
] as const

test.group('Canonical JSON', () => {
  test('writes the example of RFC 8785 as the RFC does', ({ assert }) => {
    const example = {
      // The RFC gives it a digit more than a double keeps.
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }

    assert.equal(
      canonicalJson(example),
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
  })

  test('orders names by their UTF-16 code units', ({ assert }) => {
    const names = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }

    assert.deepEqual(
      [...canonicalJson(names).matchAll(/:"(\w+)/g)].map(([, word]) => word),
      ['Carriage', 'One', 'Control', 'Latin', 'Euro', 'Emoji', 'Hebrew']
    )
  })

  test('writes the double {0} as {1}')
    .with(NUMBERS.map(([bits, text]) => ({ 0: bits, 1: text })))
    .run(({ assert }, { 0: bits, 1: text }) => {
      assert.equal(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE()), text)
    })

  test('refuses what has no canonical text', ({ assert }) => {
    assert.throws(() => canonicalJson(Number.NaN), /no number/)
    assert.throws(() => canonicalJson({ half: '\ud800' }), /half a character/)
    assert.throws(() => canonicalJson({ gone: undefined } as never), /no undefined/)
  })
})
