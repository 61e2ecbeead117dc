import ViteProvider from '@adonisjs/vite/vite_provider'

/** Only `node ace serve` needs Vite's own server: tests look at the built assets, as visitors do. */
export default class BuiltAssetsProvider extends ViteProvider {
  async start() {
    if (process.env.DEV_MODE) await super.start()
  }

  async shutdown() {
    if (process.env.DEV_MODE) await super.shutdown()
  }
}
