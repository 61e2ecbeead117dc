/** How long a button says that it has copied, in milliseconds. */
const TOLD_MS = 1500

export function copyOnClick() {
  const said = document.createElement('p')
  said.className = 'sr-only'
  said.setAttribute('role', 'status')
  document.body.append(said)

  document.addEventListener('click', async ({ target }) => {
    const button = target.closest?.('[data-copy]')
    if (!button) return

    await copy(button.dataset.copy)
    button.dataset.done = ''
    said.textContent = button.dataset.copied
    setTimeout(() => {
      delete button.dataset.done
      said.textContent = ''
    }, TOLD_MS)
  })
}

/** Browsers give their clipboard to pages from `https` or this machine alone; the old way is open to all. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const field = Object.assign(document.createElement('textarea'), { value: text })
    document.body.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
  }
}
