const WORDS = {
  'en': {
    title: 'Play phone',
    lead: 'This is no real WeChat. It behaves as the real one was seen to, on this machine alone.',
    send: 'Send',
    hint: 'Write to the bot, for example /start',
    truth: 'What the server knows',
    scan: 'Scan the code on the page',
    confirm: 'Confirm',
    typing: 'The bot is typing …',
    none: 'none: scan the code on the binding page',
    bot: 'Bot',
    dead: 'dead: every request is answered with -14',
    window: 'Window open until',
    first: 'not yet: write first',
    left: 'Messages left',
    throttled: 'Throttled until',
    poll: 'Last poll',
    sends: 'Accepted, refused, swallowed',
    throttle: 'Throttle',
    drop: 'Lose the next answer',
    elsewhere: 'Bind elsewhere',
    remove: 'Delete the bot',
    asksForDigits: 'Ask for digits',
  },
  'zh-CN': {
    title: '模拟手机',
    lead: '这不是真正的微信。它按照对真实服务的观察来表现，只在本机运行。',
    send: '发送',
    hint: '给机器人发消息，例如 /start',
    truth: '服务器所知',
    scan: '扫描页面上的二维码',
    confirm: '确认',
    typing: '机器人正在输入…',
    none: '无：请扫描绑定页面上的二维码',
    bot: '机器人',
    dead: '已失效：所有请求都返回 -14',
    window: '窗口开放至',
    first: '尚未：请先发消息',
    left: '剩余消息',
    throttled: '限流至',
    poll: '上次轮询',
    sends: '已受理、被拒、被吞',
    throttle: '限流',
    drop: '丢失下一个应答',
    elsewhere: '在别处绑定',
    remove: '删除机器人',
    asksForDigits: '要求输入数字',
  },
}

const language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
const words = WORDS[language]
const find = (selector) => document.querySelector(selector)

document.documentElement.lang = language
document.title = words.title
for (const place of document.querySelectorAll('[data-word]')) {
  place.textContent = words[place.dataset.word]
}
Object.assign(find('#say input'), { placeholder: words.hint, ariaLabel: words.hint })

const ask = (control, fields = {}) =>
  fetch(`/play/${control}`, { method: 'POST', body: JSON.stringify(fields) })

find('#say').addEventListener('submit', (event) => {
  event.preventDefault()
  const input = event.target.elements.text
  void ask('say', { text: input.value })
  input.value = ''
})
find('#digits').addEventListener('change', ({ target }) =>
  ask('digits', { on: `${target.checked}` })
)
for (const button of document.querySelectorAll('[data-control]')) {
  button.addEventListener('click', () => ask(button.dataset.control, button.dataset))
}

const clock = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' })
const time = (ms) => clock.format(ms)

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes)
  made.textContent = text
  return made
}

function drawChat({ shown, isTyping }) {
  const lines = shown.map(({ at, by, kind, text }) => {
    const line = element('li', kind === 'voice' ? `🔊 ${text}` : text)
    line.dataset.by = by
    line.append(element('time', time(at)))
    return line
  })
  if (isTyping) lines.push(element('li', words.typing))
  const chat = find('#chat')
  const isNew = lines.length !== chat.childElementCount
  chat.replaceChildren(...lines)
  if (isNew) chat.scrollTop = chat.scrollHeight
}

function drawCodes({ codes }) {
  const rows = codes.map(({ key, status, digits, isMine }) => {
    const row = element('div', '')
    if (!isMine) row.append(button('scan', () => ask('scan', { key })))
    if (digits) row.append(element('output', digits))
    if (status === 'scaned' || status === 'scaned_but_redirect') {
      row.append(button('confirm', () => ask('confirm', { key })))
    }
    return row
  })
  find('#codes').replaceChildren(...rows)
}

const button = (name, onclick) => element('button', words[name], { name, onclick, type: 'button' })

function drawTruth({ now, bot, accepted, refused, swallowed }) {
  const facts = bot
    ? [
        [words.bot, bot.isDead ? words.dead : bot.id],
        [words.window, bot.windowEndsAt ? time(bot.windowEndsAt) : words.first],
        [words.left, bot.messagesLeft],
        [words.throttled, bot.throttledUntil > now ? time(bot.throttledUntil) : '–'],
        [words.poll, bot.lastPollAt ? time(bot.lastPollAt) : '–'],
      ]
    : [[words.bot, words.none]]
  facts.push([words.sends, `${accepted}, ${refused}, ${swallowed}`])
  find('#truth').replaceChildren(
    ...facts.flatMap(([name, value]) => [element('dt', name), element('dd', value)])
  )
}

new EventSource('/play/state').onmessage = ({ data }) => {
  const state = JSON.parse(data)
  find('#clock').textContent = time(state.now)
  find('#chat-name').textContent = `ClawBot (${state.name})`
  find('#digits').checked = state.asksForDigits
  drawChat(state)
  drawCodes(state)
  drawTruth(state)
}
