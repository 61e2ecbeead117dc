/** The wallet of the demo: it announces itself as extensions do, and the local chain signs for it. */
const ICON =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"%3E%3Crect width="8" height="8" rx="2" fill="%23d97706"/%3E%3C/svg%3E'

async function request({ method, params = [] }) {
  const response = await fetch('/demo/wallet', {
    method: 'POST',
    headers: {
      'accept': 'application/json',
      'content-type': 'application/json',
      'x-csrf-token': document.querySelector('[name=_csrf]').value,
    },
    body: JSON.stringify({ method, params }),
  })
  const answer = await response.json()
  if (!response.ok) throw Object.assign(new Error(answer.message), { code: answer.code })
  return answer.result
}

export function announceDemoWallet(name) {
  const info = { uuid: 'regou-demo', rdns: 'demo.regou', name, icon: ICON }
  const detail = Object.freeze({ info, provider: { request, on() {} } })
  const announce = () => dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))

  addEventListener('eip6963:requestProvider', announce)
  announce()
}
