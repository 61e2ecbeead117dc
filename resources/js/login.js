import {
  addWalletButton,
  DECLINED,
  discoverWallets,
  rememberWallet,
  setDisabled,
} from './wallets.js'

/** Offers the wallets of this browser; the one that is chosen signs, and the form is sent. */
export function offerWallets(form) {
  const list = form.querySelector('[data-wallets]')
  const cancel = form.querySelector('[data-cancel]')
  /** What is waited for now: what a wallet answers to an earlier question counts no more. */
  let question

  cancel.addEventListener('click', () => {
    question = undefined
    rest('')
  })

  discoverWallets({
    injectedName: form.dataset.injected,
    none: showHelp,
    found(wallet) {
      const button = addWalletButton(list, wallet, wallet.name)
      button.addEventListener('click', () => logInWith(wallet))
    },
  })

  async function logInWith(wallet) {
    const asked = (question = {})
    setDisabled(list, true)
    cancel.hidden = false
    tell(form.dataset.signing)
    try {
      await sign(form, wallet.provider)
      if (asked !== question) return
      rememberWallet(wallet)
      form.submit()
    } catch (error) {
      if (asked === question) rest(words(error, form.dataset))
    }
  }

  function rest(problem) {
    setDisabled(list, false)
    cancel.hidden = true
    tell(problem, problem !== '')
  }

  function tell(text, isProblem = false) {
    const progress = form.querySelector('[data-progress]')
    progress.textContent = text
    progress.className = isProblem ? 'notice empty:hidden' : 'text-muted empty:hidden'
    progress.toggleAttribute('data-problem', isProblem)
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

/** No wallet lives here: the way to a browser where one does. */
function showHelp() {
  const help = document.querySelector('[data-no-wallet]')
  const isWechat = /MicroMessenger/i.test(navigator.userAgent)
  help.hidden = false
  help.querySelector('[data-in-wechat]').hidden = !isWechat
  help.querySelector('[data-elsewhere]').hidden = isWechat
}
