import { tickAges } from './ages.js'
import { copyOnClick } from './copy.js'
import { follow } from './live.js'
import { loadOlder } from './older.js'
import { roveRows } from './rove.js'

tickAges()
copyOnClick()

const watching = document.querySelector('[data-watching]')
if (watching) import('./watching.js').then(({ keepWatching }) => keepWatching(watching))

const device = document.querySelector('[data-device-alerts]')
if (device) import('./device_alerts.js').then(({ offerDeviceAlerts }) => offerDeviceAlerts(device))

const section = document.querySelector('[data-follow]')
if (section) follow(section)

const feed = document.querySelector('[data-feed]')
if (feed) {
  roveRows(feed)
  loadOlder(feed)
}

const token = document.querySelector('section[data-token]')
if (token) loadOlder(token)

const chart = document.querySelector('[data-candles]')
if (chart) import('./chart.js').then(({ drawChart }) => drawChart(chart))

const { demoWallet } = document.body.dataset
if (demoWallet) {
  import('./demo_wallet.js').then(({ announceDemoWallet }) => announceDemoWallet(demoWallet))
}

const renew = document.querySelector('[data-renew]')
if (renew) import('./renew.js').then(({ followPayment }) => followPayment(renew))

const wechat = document.querySelector('[data-wechat]')
if (wechat) import('./wechat.js').then(({ followBinding }) => followBinding(wechat))

const orders = document.querySelector('[data-orders]')
if (orders) import('./orders.js').then(({ followOrders }) => followOrders(orders))

const fresh = document.querySelector('[data-refresh]')
if (fresh) import('./refresh.js').then(({ keepFresh }) => keepFresh(fresh))

const login = document.querySelector('[data-login]')
if (login) import('./login.js').then(({ offerWallets }) => offerWallets(login))

const account = document.querySelector('[data-account]')
if (account) import('./other_account.js').then(({ watchAccount }) => watchAccount(account))
