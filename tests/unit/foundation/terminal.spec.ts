import { test } from '@japa/runner'
import { printTable } from '#foundation/cli/print_list'
import { cutTo, displayWidth, wrapped } from '#foundation/cli/terminal'

/** What a table prints on a terminal of so many columns; null: into a file. */
function tableOn(columns: number | null, rows: (string | number | null)[][]): string[] {
  let printed = ''
  const write = (text: string) => (printed += text)
  const output = columns === null ? { write } : { write, isTTY: true, columns }
  printTable(['id', 'symbol', 'url'], rows, output)
  return printed.trimEnd().split('\n')
}

test.group('Output on a terminal', () => {
  test('Chinese and emoji take two cells, marks none', ({ assert }) => {
    assert.deepEqual(
      ['BNB', '新币', '🚀', 'é', '👨‍👩‍👧', ''].map((text) => displayWidth(text)),
      [3, 4, 2, 1, 2, 0]
    )
  })

  test('a text is cut between characters, with an ellipsis', ({ assert }) => {
    assert.equal(cutTo(5, '新币上线'), '新币…')
    assert.equal(cutTo(8, '新币上线'), '新币上线')
  })

  test('words that are longer than a line stay whole', ({ assert }) => {
    assert.deepEqual(wrapped('see https://example.com/docs for more', 10), [
      'see',
      'https://example.com/docs',
      'for more',
    ])
  })

  const rows = [
    [9, '新币', `https://example.com/${'a'.repeat(100)}`],
    [1204, null, 'https://example.com/b'],
  ]

  test('no line of a table is longer than one of the terminal', ({ assert }) => {
    const lines = tableOn(60, rows)
    assert.isTrue(lines.every((line) => displayWidth(line) <= 60))
    assert.match(lines[1]!, /…$/)
  })

  test('numbers stand at the right of their column', ({ assert }) => {
    const [, first, second] = tableOn(60, rows)
    assert.match(first!, /^ {3}9 {2}新币/)
    assert.match(second!, /^1204 {2}- /)
  })

  test('a file gets every cell whole, between tabs', ({ assert }) => {
    assert.equal(tableOn(null, rows)[1], `9\t新币\thttps://example.com/${'a'.repeat(100)}`)
  })
})
