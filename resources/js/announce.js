/** Where this browser keeps what it does when something comes that is watched. */
const WISHES = 'regou-alerts'

/** Launches that a tab of this browser has announced, the newest last. */
const ANNOUNCED = 'regou-announced'
const MOST_REMEMBERED = 100

/** What this browser does: `notifies`, `sounds`. */
export function alertWishes() {
  return JSON.parse(localStorage.getItem(WISHES) ?? '{}')
}

export function setAlertWish(name, isOn) {
  localStorage.setItem(WISHES, JSON.stringify({ ...alertWishes(), [name]: isOn }))
}

/** Announces a launch, in one of all tabs of this browser. */
export function announce({ id, title, text, url }) {
  countInTitle()
  const first = () => isFirst(id) && ring({ id, title, text, url })
  if (navigator.locks) navigator.locks.request(ANNOUNCED, first)
  else first()
}

/** Does at once what this browser does at an alert. */
export function ring({ id, title, text, url }) {
  const { notifies, sounds, pushed } = alertWishes()
  if (sounds) chime()
  // What is pushed to this browser is shown by its worker.
  if (notifies && !pushed && Notification.permission === 'granted') show({ id, title, text, url })
}

function isFirst(id) {
  const announced = JSON.parse(localStorage.getItem(ANNOUNCED) ?? '[]')
  if (announced.includes(id)) return false
  localStorage.setItem(ANNOUNCED, JSON.stringify([...announced, id].slice(-MOST_REMEMBERED)))
  return true
}

function show({ id, title, text, url }) {
  try {
    const shown = new Notification(title, { body: text, tag: `regou-${id}`, icon: '/icon-192.png' })
    shown.onclick = () => {
      shown.close()
      focus()
      location.assign(url)
    }
  } catch {
    // Browsers of phones show notifications of service workers alone; the sound and the title remain.
  }
}

/** Two short tones. A browser that has seen no click on the page yet plays none. */
function chime() {
  const audio = new AudioContext()
  for (const [at, pitch] of [
    [0, 880],
    [0.12, 1320],
  ]) {
    const tone = new OscillatorNode(audio, { frequency: pitch })
    const volume = new GainNode(audio, { gain: 0.08 })
    tone.connect(volume).connect(audio.destination)
    tone.start(audio.currentTime + at)
    tone.stop(audio.currentTime + at + 0.1)
    tone.onended = () => at > 0 && audio.close()
  }
}

let unseen = 0
const { title: plainTitle } = document

/** A tab that is not looked at counts in its title. */
function countInTitle() {
  if (!document.hidden) return
  unseen++
  document.title = `(${unseen}) ${plainTitle}`
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden || unseen === 0) return
  unseen = 0
  document.title = plainTitle
})
