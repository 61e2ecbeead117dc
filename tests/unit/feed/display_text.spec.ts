import { test } from '@japa/runner'
import { displayText } from '#feed/display_text'

test.group('Display text', () => {
  test('shows {what} harmlessly')
    .with([
      { what: 'line breaks', text: 'two\r\nlines\tand tab', shown: 'two lines and tab' },
      { what: 'bidirectional overrides', text: '\u202Ekcatta\u202C', shown: 'kcatta' },
      { what: 'zero-width characters', text: 'BN\u200BB\u2060\uFEFF', shown: 'BNB' },
      { what: 'joiners between letters', text: 'B\u200DN\u200DB', shown: 'BNB' },
      { what: 'piled accents', text: `Z${'\u0301'.repeat(9)}`, shown: `Z${'\u0301'.repeat(3)}` },
      { what: 'lone surrogates', text: 'a\ud800b', shown: 'ab' },
      { what: 'emoji made of several', text: '👩🏽‍🚀 👨‍👩‍👧', shown: '👩🏽‍🚀 👨‍👩‍👧' },
      { what: 'Chinese', text: ' 龙年大吉 ', shown: '龙年大吉' },
      { what: 'markup', text: '<b>x</b>', shown: '<b>x</b>' },
    ])
    .run(({ assert }, { text, shown }) => {
      assert.equal(displayText(text), shown)
    })

  test('cuts long text between characters, never inside one', ({ assert }) => {
    const shown = displayText('🌕'.repeat(200))!

    assert.lengthOf([...shown], 80)
    assert.isTrue(shown.endsWith('🌕…'))
  })

  test('says that nothing is left of a text that looks empty', ({ assert }) => {
    const empty = ['', ' \u00a0\t', '\u3164\u2800\u200b', '\ufe0f', '\u0301', '\u180b \u034f']
    for (const text of [...empty, '\u202e\u2066', '\u0000', '\u{e0061}', '\u00ad', null]) {
      assert.isNull(displayText(text), JSON.stringify(text))
    }
  })
})
