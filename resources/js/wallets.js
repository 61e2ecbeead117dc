/** How long wallets may take to make themselves known, in milliseconds. */
const ANNOUNCED_WITHIN_MS = 300

/** What a wallet answers when its owner says no (EIP-1193). */
export const DECLINED = 4001

/** Remembers which wallet logged in last, by its reverse domain name. */
const LAST_USED = 'regou-wallet'

/**
 * The wallets of this browser as they announce themselves (EIP-6963): each calls `found` once, and
 * `none` is called when there is not a single one. A wallet that only sets `window.ethereum`, as
 * the browsers inside older wallet apps do, is found last.
 */
export function discoverWallets({ found, none, injectedName }) {
  const known = new Set()

  addEventListener('eip6963:announceProvider', ({ detail }) => {
    if (known.has(detail.info.uuid)) return
    known.add(detail.info.uuid)
    found({ ...detail.info, provider: detail.provider })
  })
  dispatchEvent(new Event('eip6963:requestProvider'))

  setTimeout(() => {
    if (known.size > 0) return
    if (window.ethereum) found({ name: injectedName, rdns: '', provider: window.ethereum })
    else none()
  }, ANNOUNCED_WITHIN_MS)
}

export function rememberWallet({ rdns }) {
  localStorage.setItem(LAST_USED, rdns)
}

export function wasUsedLast({ rdns }) {
  return localStorage.getItem(LAST_USED) === rdns
}

/** A button for a wallet in a list of them: the one that was used last comes first. */
export function addWalletButton(list, wallet, ...words) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'wallet'
  // As an image alone: an SVG inside the page could bring a script along.
  if (wallet.icon?.startsWith('data:image/')) {
    button.append(Object.assign(document.createElement('img'), { src: wallet.icon, alt: '' }))
  }
  button.append(...words)
  if (wasUsedLast(wallet)) list.prepend(button)
  else list.append(button)
  return button
}

/** One question at a time: not two wallets at once, nor one of them twice. */
export function setDisabled(list, isDisabled) {
  for (const button of list.querySelectorAll('button')) button.disabled = isDisabled
}
