const WORDS = {
  en: {
    title: 'Play Telegram: not the real one',
    lead: 'Bind it in the user center (“Open Telegram”, “Add to a group”). Everything is on this machine.',
    write: 'Write, such as /help',
    send: 'Send',
    block: 'Block the bot',
    blocked: 'blocked: /start brings it back',
  },
  zh: {
    title: '模拟 Telegram：不是真的',
    lead: '请在用户中心绑定（“打开 Telegram”“添加到群”）。一切都在本机。',
    write: '写点什么，例如 /help',
    send: '发送',
    block: '屏蔽机器人',
    blocked: '已屏蔽：发送 /start 恢复',
  },
}
const words = navigator.language.startsWith('zh') ? WORDS.zh : WORDS.en
document.documentElement.lang = words === WORDS.zh ? 'zh' : 'en'
for (const element of document.querySelectorAll('[data-word]')) {
  element.textContent = words[element.dataset.word]
}

const post = (fields) =>
  fetch('/play', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  })

function make(name, fields = {}, ...children) {
  const element = Object.assign(document.createElement(name), fields)
  element.append(...children)
  return element
}

/** One chat: its head, its messages, and where one writes. */
function chatSection({ id, title, isGroup }) {
  const block = make('button', { type: 'button', textContent: words.block })
  block.addEventListener('click', () => post({ chatId: id, closes: true }))
  const note = make('span')
  const list = make('ol', { ariaLive: 'polite' })
  const input = make('input', { required: true, autocomplete: 'off', placeholder: words.write })
  input.setAttribute('aria-label', words.write)
  const form = make('form', {}, input, make('button', { textContent: words.send }))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void post({ chatId: id, text: input.value })
    input.value = ''
  })
  const head = make('h2', {}, `${isGroup ? '👥 ' : ''}${title}`, note, block)
  const section = make('section', {}, head, list, form)
  document.querySelector('#chats').append(section)
  return { list, note, block }
}

function button(chatId, { text, url, callback_data: data }) {
  if (url) return make('a', { href: url, target: '_blank', rel: 'noopener', textContent: text })
  const key = make('button', { type: 'button', textContent: text })
  key.addEventListener('click', () => post({ chatId, data }))
  return key
}

function bubble(chatId, { from, text, buttons }, bot) {
  const item = make('li', { className: from === bot ? '' : 'own' }, text)
  for (const row of buttons) {
    item.append(make('div', { className: 'keys' }, ...row.map((one) => button(chatId, one))))
  }
  return item
}

const sections = new Map()

new EventSource('/play/state').addEventListener('message', ({ data }) => {
  const { bot, chats } = JSON.parse(data)
  for (const chat of chats) {
    if (!sections.has(chat.id)) sections.set(chat.id, chatSection(chat))
    const { list, note, block } = sections.get(chat.id)
    list.replaceChildren(...chat.shown.map((one) => bubble(chat.id, one, bot)))
    list.scrollTop = list.scrollHeight
    note.textContent = chat.isClosed && chat.shown.length > 0 ? words.blocked : ''
    block.hidden = chat.isClosed
  }
})
