import { discoverWallets, rememberWallet, wasUsedLast } from './wallets.js'

/** What a wallet answers when its owner says no (EIP-1193). */
const DECLINED = 4001

/** Offers the wallets of this browser; the one that is chosen signs, and the form is sent. */
export function offerWallets(form) {
  const list = form.querySelector('[data-wallets]')
  const progress = form.querySelector('[data-progress]')

  discoverWallets({
    injectedName: form.dataset.injected,
    none: showHelp,
    found(wallet) {
      const button = walletButton(wallet)
      button.addEventListener('click', () => logInWith(wallet))
      if (wasUsedLast(wallet)) list.prepend(button)
      else list.append(button)
    },
  })

  async function logInWith(wallet) {
    list.querySelectorAll('button').forEach((button) => (button.disabled = true))
    progress.textContent = form.dataset.signing
    try {
      await sign(form, wallet.provider)
      rememberWallet(wallet)
      form.submit()
    } catch (error) {
      list.querySelectorAll('button').forEach((button) => (button.disabled = false))
      progress.textContent = words(error, form.dataset)
    }
  }
}

/** Has the server write the message and the wallet sign it, into the fields of the form. */
async function sign({ elements }, provider) {
  const [address] = await provider.request({ method: 'eth_requestAccounts' })
  const message = await requestMessage(address, elements._csrf.value)
  const hex = [...new TextEncoder().encode(message)].map((byte) =>
    byte.toString(16).padStart(2, '0')
  )
  const params = [`0x${hex.join('')}`, address]

  elements.message.value = message
  elements.signature.value = await provider.request({ method: 'personal_sign', params })
  elements.time_zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone
}

async function requestMessage(address, token) {
  const response = await fetch('/login/message', {
    method: 'POST',
    headers: {
      'accept': 'application/json',
      'content-type': 'application/json',
      'x-csrf-token': token,
    },
    body: JSON.stringify({ address }),
  })
  const { message, errors } = await response.json()
  if (errors) throw Object.assign(new Error(errors[0].message), { isTold: true })
  return message
}

function words(error, { declined, failed }) {
  if (error.isTold) return error.message
  return error.code === DECLINED ? declined : failed
}

function walletButton({ name, icon }) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'wallet'
  // As an image alone: an SVG inside the page could bring a script along.
  if (icon?.startsWith('data:image/')) {
    button.append(Object.assign(document.createElement('img'), { src: icon, alt: '' }))
  }
  button.append(name)
  return button
}

/** No wallet lives here: the way to a browser where one does. */
function showHelp() {
  const help = document.querySelector('[data-no-wallet]')
  const isWechat = /MicroMessenger/i.test(navigator.userAgent)
  help.hidden = false
  help.querySelector('[data-in-wechat]').hidden = !isWechat
  help.querySelector('[data-elsewhere]').hidden = isWechat
}
