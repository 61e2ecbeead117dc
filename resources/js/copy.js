/** How long a button says that it has copied, in milliseconds. */
const TOLD_MS = 1500

export function copyOnClick() {
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest?.('[data-copy]')
    if (!button) return

    await navigator.clipboard.writeText(button.dataset.copy)
    const { title } = button
    button.title = button.dataset.copied
    button.dataset.done = ''
    setTimeout(() => {
      button.title = title
      delete button.dataset.done
    }, TOLD_MS)
  })
}
