import { setAlertWish } from './announce.js'

/** The worker is there for this page alone: others are loaded as if it did not exist. */
const WORKER = ['/push_worker.js', { scope: '/alerts' }]

/** Lets a member be told in this browser while no page is open. */
export function offerWebPush(control, { problem, csrf }) {
  const key = control.dataset.push
  if (!('serviceWorker' in navigator && 'PushManager' in window)) {
    control.disabled = true
    return
  }

  /** The one of this browser; null: it has none. */
  async function current() {
    const worker = await navigator.serviceWorker.getRegistration(WORKER[1].scope)
    return (await worker?.pushManager.getSubscription()) ?? null
  }

  async function switchOn() {
    if ((await Notification.requestPermission()) !== 'granted') return
    const worker = await navigator.serviceWorker.register(...WORKER)
    const known = await worker.pushManager.getSubscription()
    // Another key of this site: its messages would be refused.
    if (known && !isFor(known, key)) await known.unsubscribe()
    const asked = { userVisibleOnly: true, applicationServerKey: key }
    const subscription = await worker.pushManager.subscribe(asked)
    const answer = await post('/alerts/browsers', subscription)
    if (answer.status !== 204) {
      await subscription.unsubscribe()
      throw new Error(`answered ${answer.status}`)
    }
  }

  async function switchOff() {
    const subscription = await current()
    if (!subscription) return
    await post('/alerts/browsers/remove', { endpoint: subscription.endpoint })
    await subscription.unsubscribe()
  }

  function post(path, body) {
    const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf.value }
    return fetch(path, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual' })
  }

  async function show() {
    const subscription = await current()
    control.checked = subscription !== null && isFor(subscription, key)
    // An open page then says nothing itself: the push does.
    setAlertWish('pushed', control.checked)
  }

  control.addEventListener('change', async () => {
    problem.hidden = true
    control.disabled = true
    try {
      await (control.checked ? switchOn() : switchOff())
      await show()
      // With the list of browsers as it is now.
      location.reload()
    } catch {
      problem.hidden = false
    }
    control.disabled = false
    await show()
  })
  return show()
}

function isFor({ options }, key) {
  const bytes = String.fromCharCode(...new Uint8Array(options.applicationServerKey))
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === key
}
