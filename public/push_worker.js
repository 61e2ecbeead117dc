/* Shows what is pushed while no page is open. It keeps nothing and answers no request of a page. */

self.addEventListener('push', (event) => {
  const { title, body, url, tag } = event.data.json()
  const shown = { body, tag, icon: '/icon-192.png', badge: '/icon-192.png', data: { url } }
  event.waitUntil(self.registration.showNotification(title, shown))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const page = new URL(event.notification.data.url, self.location.origin)
  // Only pages of this site.
  if (page.origin === self.location.origin) event.waitUntil(show(page.href))
})

async function show(url) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const same = windows.find((one) => one.url === url)
  return same ? same.focus() : self.clients.openWindow(url)
}
