import { test } from '@japa/runner'
import { commands } from '#chat/commands/commands'
import { readCommand } from '#chat/commands/read_command'

/** What was understood, as a line: the command with its words, or what was meant by another word. */
function understood(said: string): string | null {
  const read = readCommand(said, commands)
  if ('command' in read) {
    return [read.command.name, ...read.words].join(' ')
  }
  return read.unknown === null ? null : `? ${read.meant}`
}

test.group('Words of a chat', () => {
  test('are the command {expected}: {said}')
    .with([
      { said: '/status', expected: 'status' },
      { said: ' ／ＳＴＡＴＵＳ　', expected: 'status' },
      { said: 'please /Status', expected: 'status' },
      { said: '请/status。', expected: 'status' },
      { said: '请帮我看一下 /status 谢谢', expected: 'status 谢谢' },
      { said: '\u200b/sub\u00a0four', expected: 'sub four' },
      { said: '/sub　four created name:pepe,doge', expected: 'sub four created name:pepe,doge' },
      { said: '/SUB four,created', expected: 'sub four created' },
      { said: '/订阅 four 毕业', expected: 'sub four 毕业' },
      { said: '/订阅four毕业', expected: 'sub four 毕业' },
      { said: '订阅four。', expected: 'sub four' },
      { said: '取消订阅 flap', expected: 'unsub flap' },
      { said: '帮我查看状态', expected: 'status' },
      { said: 'Status.', expected: 'status' },
      { said: 'sub four graduated', expected: 'sub four graduated' },
      {
        said: 'watch 0x52908400098527886E0F7030069857D2E4169EE7',
        expected: 'watch 0x52908400098527886E0F7030069857D2E4169EE7',
      },
      {
        said: '关注0x52908400098527886e0f7030069857d2e4169ee7',
        expected: 'watch 0x52908400098527886e0f7030069857d2e4169ee7',
      },
      { said: '静音1小时', expected: 'mute 1小时' },
      { said: '/mute 1h', expected: 'mute 1h' },
      {
        said: '/sub four units(data.quote_amount) > 1.0',
        expected: 'sub four units(data.quote_amount) > 1.0',
      },
    ])
    .run(({ assert }, { said, expected }) => {
      assert.equal(understood(said), expected)
    })

  test('are no command: {$self}')
    .with([
      'hello',
      'watch out, this will crash soon',
      'https://regou.example/status',
      'and/or',
      '今天的行情怎么样，价格会不会继续涨',
      '',
      '😀',
    ])
    .run(({ assert }, said) => {
      assert.isNull(understood(said))
    })

  test('name the command that was probably meant', ({ assert }) => {
    assert.equal(understood('/statu'), '? status')
    assert.equal(understood('/subb four'), '? sub')
    assert.equal(understood('/qqqqqqqqq'), '? null')
  })

  test('mean one command only', ({ assert }) => {
    const names = commands.flatMap(({ name, aliases }) => [name, ...aliases])

    assert.lengthOf(new Set(names), names.length)
  })
})
