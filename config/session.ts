import app from '@adonisjs/core/services/app'
import { defineConfig, stores } from '@adonisjs/session'

/**
 * Sessions of the web pages. API, webhook and health routes have none.
 */
const sessionConfig = defineConfig({
  enabled: true,
  cookieName: 'regou-session',
  clearWithBrowser: false,
  age: '7d',

  cookie: {
    path: '/',
    httpOnly: true,
    secure: app.inProduction,
    sameSite: 'lax',
  },

  store: 'cookie',

  stores: {
    cookie: stores.cookie(),
  },
})

export default sessionConfig
