import { alertWishes, ring, setAlertWish } from './announce.js'
import { offerWebPush } from './web_push.js'

/** Lets a member choose what this browser does at an alert. Permission is asked for when it is switched on. */
export function offerDeviceAlerts(section) {
  const denied = section.querySelector('[data-denied]')
  const switches = [...section.querySelectorAll('[data-alert]')]
  const canNotify = 'Notification' in window

  function show() {
    const wishes = alertWishes()
    const isDenied = !canNotify || Notification.permission === 'denied'
    for (const one of switches) {
      const isNotification = one.dataset.alert === 'notifies'
      one.checked = Boolean(wishes[one.dataset.alert]) && !(isNotification && isDenied)
      one.disabled = isNotification && isDenied
    }
    denied.hidden = !isDenied
  }

  section.addEventListener('change', async ({ target }) => {
    const { alert: name } = target.dataset
    if (!name) return
    const isAllowed =
      name !== 'notifies' ||
      !target.checked ||
      (await Notification.requestPermission()) === 'granted'
    setAlertWish(name, target.checked && isAllowed)
    show()
  })
  section.querySelector('[data-try]').addEventListener('click', ({ currentTarget }) => {
    const { title, text } = currentTarget.dataset
    ring({ id: 'try', title, text, url: '/?stage=watched' })
  })
  const push = section.querySelector('[data-push]')
  if (push) {
    const problem = section.querySelector('[data-push-problem]')
    offerWebPush(push, { problem, csrf: section.querySelector('[name=_csrf]') })
  }
  show()
}
