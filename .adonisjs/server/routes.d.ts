import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'tron_health.show': { paramsTuple?: []; params?: {} }
    'tron_health': { paramsTuple?: []; params?: {} }
    'hooks.orders': { paramsTuple?: []; params?: {} }
    'hooks.play': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook.transfers': { paramsTuple?: []; params?: {} }
    'wechat.official_account': { paramsTuple?: []; params?: {} }
    'metrics': { paramsTuple?: []; params?: {} }
    'internal.push_health.show': { paramsTuple?: []; params?: {} }
    'internal.push_health.latest': { paramsTuple?: []; params?: {} }
    'internal.alerts.index': { paramsTuple?: []; params?: {} }
    'internal.alerts.acknowledge': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'live.show': { paramsTuple?: []; params?: {} }
    'found.launches': { paramsTuple?: []; params?: {} }
    'found.graduations': { paramsTuple?: []; params?: {} }
    'found.robots': { paramsTuple?: []; params?: {} }
    'token_cards.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'found.sitemap': { paramsTuple?: []; params?: {} }
    'api.description.show': { paramsTuple?: []; params?: {} }
    'api.latest': { paramsTuple?: []; params?: {} }
    'api.latest.source': { paramsTuple: [ParamValue]; params: {'source': ParamValue} }
    'api.stream.show': { paramsTuple?: []; params?: {} }
    'api.lists.ocr_wallet': { paramsTuple?: []; params?: {} }
    'api.lists.launch': { paramsTuple?: []; params?: {} }
    'api.lists.pool': { paramsTuple?: []; params?: {} }
    'api.lists.trade': { paramsTuple?: []; params?: {} }
    'api.lists.tron_stake': { paramsTuple?: []; params?: {} }
    'api.lists.tron_delegation': { paramsTuple?: []; params?: {} }
    'api.tron.unfreezings.index': { paramsTuple?: []; params?: {} }
    'api.tron.summaries.index': { paramsTuple?: []; params?: {} }
    'api.tron.summaries.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'api.pools.stake': { paramsTuple?: []; params?: {} }
    'api.pools.delegate': { paramsTuple?: []; params?: {} }
    'api.pools.unfreeze': { paramsTuple?: []; params?: {} }
    'api.accounts.index': { paramsTuple?: []; params?: {} }
    'api.accounts.accounts.store': { paramsTuple?: []; params?: {} }
    'api.accounts.accounts.destroy': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'api.okx.accounts.index': { paramsTuple?: []; params?: {} }
    'api.okx.accounts.accounts.store': { paramsTuple?: []; params?: {} }
    'api.okx.accounts.accounts.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.okx.accounts.accounts.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.orders.orders.index': { paramsTuple?: []; params?: {} }
    'api.orders.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.orders.evidence.show': { paramsTuple: [ParamValue]; params: {'uid': ParamValue} }
    'api.orders.orders.store': { paramsTuple?: []; params?: {} }
    'api.orders.verifications.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoints.index': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'replay': ParamValue} }
    'api.webhook.deliveries.index': { paramsTuple?: []; params?: {} }
    'api.webhook.deliveries.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.stats.show': { paramsTuple?: []; params?: {} }
    'api.webhook.stream.show': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.store': { paramsTuple?: []; params?: {} }
    'api.webhook.dry_runs.store': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoint_tests.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoint_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'replay': ParamValue} }
    'api.webhook.delivery_replays.store_many': { paramsTuple?: []; params?: {} }
    'api.webhook.delivery_replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.ocr.wallets': { paramsTuple?: []; params?: {} }
    'assets': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'file.favicon.svg': { paramsTuple?: []; params?: {} }
    'file.favicon.ico': { paramsTuple?: []; params?: {} }
    'file.apple-touch-icon.png': { paramsTuple?: []; params?: {} }
    'file.manifest.webmanifest': { paramsTuple?: []; params?: {} }
    'file.push_worker.js': { paramsTuple?: []; params?: {} }
    'file.icon-192.png': { paramsTuple?: []; params?: {} }
    'file.icon-512.png': { paramsTuple?: []; params?: {} }
    'file.icon-maskable-512.png': { paramsTuple?: []; params?: {} }
    'feed.show': { paramsTuple?: []; params?: {} }
    'token.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'creator.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'tron_records.index': { paramsTuple?: []; params?: {} }
    'tron.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'pricing.show': { paramsTuple?: []; params?: {} }
    'documents.index': { paramsTuple?: []; params?: {} }
    'documents.events': { paramsTuple?: []; params?: {} }
    'documents.event': { paramsTuple: [ParamValue]; params: {'type': ParamValue} }
    'documents.show': { paramsTuple: [ParamValue]; params: {'name': ParamValue} }
    'preferences.update': { paramsTuple?: []; params?: {} }
    'saved_views.store': { paramsTuple?: []; params?: {} }
    'saved_views.destroy': { paramsTuple?: []; params?: {} }
    'login.show': { paramsTuple?: []; params?: {} }
    'login.store': { paramsTuple?: []; params?: {} }
    'login_messages.store': { paramsTuple?: []; params?: {} }
    'logout.store': { paramsTuple?: []; params?: {} }
    'logout.everywhere': { paramsTuple?: []; params?: {} }
    'account.user_center.show': { paramsTuple?: []; params?: {} }
    'account.trial.store': { paramsTuple?: []; params?: {} }
    'account.subscriptions.update': { paramsTuple?: []; params?: {} }
    'account.chat.update': { paramsTuple?: []; params?: {} }
    'account.chat.preset': { paramsTuple?: []; params?: {} }
    'account.chat.code': { paramsTuple?: []; params?: {} }
    'account.chat.unbind': { paramsTuple?: []; params?: {} }
    'account.chat.ways': { paramsTuple?: []; params?: {} }
    'account.telegram.open': { paramsTuple: [ParamValue]; params: {'kind': ParamValue} }
    'account.telegram.test': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.telegram.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.tron.store': { paramsTuple?: []; params?: {} }
    'account.tron.destroy': { paramsTuple?: []; params?: {} }
    'account.okx.store': { paramsTuple?: []; params?: {} }
    'account.okx.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.okx.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.sessions.destroy_others': { paramsTuple?: []; params?: {} }
    'account.sessions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.profile.update': { paramsTuple?: []; params?: {} }
    'account.tokens.store': { paramsTuple?: []; params?: {} }
    'account.tokens.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.endpoints.store': { paramsTuple?: []; params?: {} }
    'account.endpoints.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.receipts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.export.show': { paramsTuple?: []; params?: {} }
    'account.erasure.show': { paramsTuple?: []; params?: {} }
    'account.erasure.store': { paramsTuple?: []; params?: {} }
    'play.play.index': { paramsTuple?: []; params?: {} }
    'play.play.store': { paramsTuple?: []; params?: {} }
    'play.play.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'play.play.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'alerts.alerts.show': { paramsTuple?: []; params?: {} }
    'alerts.alerts.store': { paramsTuple?: []; params?: {} }
    'alerts.alerts.destroy': { paramsTuple?: []; params?: {} }
    'alerts.alert_browsers.store': { paramsTuple?: []; params?: {} }
    'alerts.alert_browsers.destroy': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoints.index': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoint_settings.store': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoint_settings.create': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoint_trials.new': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_settings.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_settings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_states.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_trials.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_tests.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.replays.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'replay': ParamValue} }
    'webhook_pages.delivery_replays.store_many': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.deliveries.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'webhook_pages.delivery_replays.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'orders.orders.index': { paramsTuple?: []; params?: {} }
    'orders.live': { paramsTuple?: []; params?: {} }
    'orders.orders.evidence': { paramsTuple: [ParamValue]; params: {'uid': ParamValue} }
    'orders.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.live_one': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.orders.verify': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'renew.renew.show': { paramsTuple?: []; params?: {} }
    'renew.renew.store': { paramsTuple?: []; params?: {} }
    'renew.renew_live.show': { paramsTuple?: []; params?: {} }
    'pay.page': { paramsTuple?: []; params?: {} }
    'pay.pay_pass.show': { paramsTuple: [ParamValue]; params: {'pass': ParamValue} }
    'pay.pay_pass.store': { paramsTuple: [ParamValue]; params: {'pass': ParamValue} }
    'wechat.binding.show': { paramsTuple?: []; params?: {} }
    'wechat.binding.binding.live': { paramsTuple?: []; params?: {} }
    'wechat.binding.binding.destroy': { paramsTuple?: []; params?: {} }
    'wechat.binding.binding.test': { paramsTuple?: []; params?: {} }
    'wechat.binding.logins.store': { paramsTuple?: []; params?: {} }
    'wechat.binding.logins.update': { paramsTuple?: []; params?: {} }
    'wechat.binding.logins.destroy': { paramsTuple?: []; params?: {} }
    'operator.overview': { paramsTuple?: []; params?: {} }
    'operator.health.health.show': { paramsTuple?: []; params?: {} }
    'operator.health.health.acknowledge': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.processes': { paramsTuple?: []; params?: {} }
    'operator.scanners.scanners.show': { paramsTuple?: []; params?: {} }
    'operator.scanners.scanners.retry': { paramsTuple?: []; params?: {} }
    'operator.scanners.scanners.accept': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.show': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.watch': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.unwatch': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.check': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.remove': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.unbind': { paramsTuple?: []; params?: {} }
    'operator.users.users.index': { paramsTuple?: []; params?: {} }
    'operator.users.users.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.users.users.grant': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.users.users.revoke': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.users.users.logout': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.users.users.token': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.payments.payments.show': { paramsTuple?: []; params?: {} }
    'operator.payments.payments.assign': { paramsTuple?: []; params?: {} }
    'operator.payments.payments.audit': { paramsTuple?: []; params?: {} }
    'operator.orders.orders.index': { paramsTuple?: []; params?: {} }
    'operator.orders.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.orders.orders.retry': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoints.index': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoint_settings.store': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoint_settings.create': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoint_trials.new': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_settings.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_settings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_states.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_trials.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_tests.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.replays.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'replay': ParamValue} }
    'operator.webhook.delivery_replays.store_many': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.deliveries.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'operator.webhook.delivery_replays.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'operator.alerts.alerts.show': { paramsTuple?: []; params?: {} }
    'operator.alerts.alerts.acknowledge': { paramsTuple?: []; params?: {} }
    'operator.actions': { paramsTuple?: []; params?: {} }
    'missing': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  GET: {
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'tron_health.show': { paramsTuple?: []; params?: {} }
    'tron_health': { paramsTuple?: []; params?: {} }
    'metrics': { paramsTuple?: []; params?: {} }
    'internal.push_health.show': { paramsTuple?: []; params?: {} }
    'internal.push_health.latest': { paramsTuple?: []; params?: {} }
    'internal.alerts.index': { paramsTuple?: []; params?: {} }
    'live.show': { paramsTuple?: []; params?: {} }
    'found.launches': { paramsTuple?: []; params?: {} }
    'found.graduations': { paramsTuple?: []; params?: {} }
    'found.robots': { paramsTuple?: []; params?: {} }
    'token_cards.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'found.sitemap': { paramsTuple?: []; params?: {} }
    'api.description.show': { paramsTuple?: []; params?: {} }
    'api.latest': { paramsTuple?: []; params?: {} }
    'api.latest.source': { paramsTuple: [ParamValue]; params: {'source': ParamValue} }
    'api.stream.show': { paramsTuple?: []; params?: {} }
    'api.lists.ocr_wallet': { paramsTuple?: []; params?: {} }
    'api.lists.launch': { paramsTuple?: []; params?: {} }
    'api.lists.pool': { paramsTuple?: []; params?: {} }
    'api.lists.trade': { paramsTuple?: []; params?: {} }
    'api.lists.tron_stake': { paramsTuple?: []; params?: {} }
    'api.lists.tron_delegation': { paramsTuple?: []; params?: {} }
    'api.tron.unfreezings.index': { paramsTuple?: []; params?: {} }
    'api.tron.summaries.index': { paramsTuple?: []; params?: {} }
    'api.tron.summaries.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'api.pools.stake': { paramsTuple?: []; params?: {} }
    'api.pools.delegate': { paramsTuple?: []; params?: {} }
    'api.pools.unfreeze': { paramsTuple?: []; params?: {} }
    'api.accounts.index': { paramsTuple?: []; params?: {} }
    'api.okx.accounts.index': { paramsTuple?: []; params?: {} }
    'api.orders.orders.index': { paramsTuple?: []; params?: {} }
    'api.orders.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.orders.evidence.show': { paramsTuple: [ParamValue]; params: {'uid': ParamValue} }
    'api.webhook.endpoints.index': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'replay': ParamValue} }
    'api.webhook.deliveries.index': { paramsTuple?: []; params?: {} }
    'api.webhook.deliveries.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.stats.show': { paramsTuple?: []; params?: {} }
    'api.webhook.stream.show': { paramsTuple?: []; params?: {} }
    'assets': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'file.favicon.svg': { paramsTuple?: []; params?: {} }
    'file.favicon.ico': { paramsTuple?: []; params?: {} }
    'file.apple-touch-icon.png': { paramsTuple?: []; params?: {} }
    'file.manifest.webmanifest': { paramsTuple?: []; params?: {} }
    'file.push_worker.js': { paramsTuple?: []; params?: {} }
    'file.icon-192.png': { paramsTuple?: []; params?: {} }
    'file.icon-512.png': { paramsTuple?: []; params?: {} }
    'file.icon-maskable-512.png': { paramsTuple?: []; params?: {} }
    'feed.show': { paramsTuple?: []; params?: {} }
    'token.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'creator.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'tron_records.index': { paramsTuple?: []; params?: {} }
    'tron.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'pricing.show': { paramsTuple?: []; params?: {} }
    'documents.index': { paramsTuple?: []; params?: {} }
    'documents.events': { paramsTuple?: []; params?: {} }
    'documents.event': { paramsTuple: [ParamValue]; params: {'type': ParamValue} }
    'documents.show': { paramsTuple: [ParamValue]; params: {'name': ParamValue} }
    'login.show': { paramsTuple?: []; params?: {} }
    'account.user_center.show': { paramsTuple?: []; params?: {} }
    'account.telegram.open': { paramsTuple: [ParamValue]; params: {'kind': ParamValue} }
    'account.receipts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.export.show': { paramsTuple?: []; params?: {} }
    'account.erasure.show': { paramsTuple?: []; params?: {} }
    'play.play.index': { paramsTuple?: []; params?: {} }
    'play.play.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'alerts.alerts.show': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoints.index': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoint_settings.create': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_settings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.deliveries.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'orders.orders.index': { paramsTuple?: []; params?: {} }
    'orders.live': { paramsTuple?: []; params?: {} }
    'orders.orders.evidence': { paramsTuple: [ParamValue]; params: {'uid': ParamValue} }
    'orders.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.live_one': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'renew.renew.show': { paramsTuple?: []; params?: {} }
    'renew.renew_live.show': { paramsTuple?: []; params?: {} }
    'pay.page': { paramsTuple?: []; params?: {} }
    'pay.pay_pass.show': { paramsTuple: [ParamValue]; params: {'pass': ParamValue} }
    'wechat.binding.show': { paramsTuple?: []; params?: {} }
    'wechat.binding.binding.live': { paramsTuple?: []; params?: {} }
    'operator.overview': { paramsTuple?: []; params?: {} }
    'operator.health.health.show': { paramsTuple?: []; params?: {} }
    'operator.processes': { paramsTuple?: []; params?: {} }
    'operator.scanners.scanners.show': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.show': { paramsTuple?: []; params?: {} }
    'operator.users.users.index': { paramsTuple?: []; params?: {} }
    'operator.users.users.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.payments.payments.show': { paramsTuple?: []; params?: {} }
    'operator.orders.orders.index': { paramsTuple?: []; params?: {} }
    'operator.orders.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoints.index': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoint_settings.create': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_settings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.deliveries.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'operator.alerts.alerts.show': { paramsTuple?: []; params?: {} }
    'operator.actions': { paramsTuple?: []; params?: {} }
    'missing': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  HEAD: {
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'tron_health.show': { paramsTuple?: []; params?: {} }
    'tron_health': { paramsTuple?: []; params?: {} }
    'metrics': { paramsTuple?: []; params?: {} }
    'internal.push_health.show': { paramsTuple?: []; params?: {} }
    'internal.push_health.latest': { paramsTuple?: []; params?: {} }
    'internal.alerts.index': { paramsTuple?: []; params?: {} }
    'live.show': { paramsTuple?: []; params?: {} }
    'found.launches': { paramsTuple?: []; params?: {} }
    'found.graduations': { paramsTuple?: []; params?: {} }
    'found.robots': { paramsTuple?: []; params?: {} }
    'token_cards.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'found.sitemap': { paramsTuple?: []; params?: {} }
    'api.description.show': { paramsTuple?: []; params?: {} }
    'api.latest': { paramsTuple?: []; params?: {} }
    'api.latest.source': { paramsTuple: [ParamValue]; params: {'source': ParamValue} }
    'api.stream.show': { paramsTuple?: []; params?: {} }
    'api.lists.ocr_wallet': { paramsTuple?: []; params?: {} }
    'api.lists.launch': { paramsTuple?: []; params?: {} }
    'api.lists.pool': { paramsTuple?: []; params?: {} }
    'api.lists.trade': { paramsTuple?: []; params?: {} }
    'api.lists.tron_stake': { paramsTuple?: []; params?: {} }
    'api.lists.tron_delegation': { paramsTuple?: []; params?: {} }
    'api.tron.unfreezings.index': { paramsTuple?: []; params?: {} }
    'api.tron.summaries.index': { paramsTuple?: []; params?: {} }
    'api.tron.summaries.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'api.pools.stake': { paramsTuple?: []; params?: {} }
    'api.pools.delegate': { paramsTuple?: []; params?: {} }
    'api.pools.unfreeze': { paramsTuple?: []; params?: {} }
    'api.accounts.index': { paramsTuple?: []; params?: {} }
    'api.okx.accounts.index': { paramsTuple?: []; params?: {} }
    'api.orders.orders.index': { paramsTuple?: []; params?: {} }
    'api.orders.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.orders.evidence.show': { paramsTuple: [ParamValue]; params: {'uid': ParamValue} }
    'api.webhook.endpoints.index': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'replay': ParamValue} }
    'api.webhook.deliveries.index': { paramsTuple?: []; params?: {} }
    'api.webhook.deliveries.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.stats.show': { paramsTuple?: []; params?: {} }
    'api.webhook.stream.show': { paramsTuple?: []; params?: {} }
    'assets': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'file.favicon.svg': { paramsTuple?: []; params?: {} }
    'file.favicon.ico': { paramsTuple?: []; params?: {} }
    'file.apple-touch-icon.png': { paramsTuple?: []; params?: {} }
    'file.manifest.webmanifest': { paramsTuple?: []; params?: {} }
    'file.push_worker.js': { paramsTuple?: []; params?: {} }
    'file.icon-192.png': { paramsTuple?: []; params?: {} }
    'file.icon-512.png': { paramsTuple?: []; params?: {} }
    'file.icon-maskable-512.png': { paramsTuple?: []; params?: {} }
    'feed.show': { paramsTuple?: []; params?: {} }
    'token.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'creator.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'tron_records.index': { paramsTuple?: []; params?: {} }
    'tron.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'pricing.show': { paramsTuple?: []; params?: {} }
    'documents.index': { paramsTuple?: []; params?: {} }
    'documents.events': { paramsTuple?: []; params?: {} }
    'documents.event': { paramsTuple: [ParamValue]; params: {'type': ParamValue} }
    'documents.show': { paramsTuple: [ParamValue]; params: {'name': ParamValue} }
    'login.show': { paramsTuple?: []; params?: {} }
    'account.user_center.show': { paramsTuple?: []; params?: {} }
    'account.telegram.open': { paramsTuple: [ParamValue]; params: {'kind': ParamValue} }
    'account.receipts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.export.show': { paramsTuple?: []; params?: {} }
    'account.erasure.show': { paramsTuple?: []; params?: {} }
    'play.play.index': { paramsTuple?: []; params?: {} }
    'play.play.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'alerts.alerts.show': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoints.index': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoint_settings.create': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_settings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.deliveries.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'orders.orders.index': { paramsTuple?: []; params?: {} }
    'orders.live': { paramsTuple?: []; params?: {} }
    'orders.orders.evidence': { paramsTuple: [ParamValue]; params: {'uid': ParamValue} }
    'orders.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.live_one': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'renew.renew.show': { paramsTuple?: []; params?: {} }
    'renew.renew_live.show': { paramsTuple?: []; params?: {} }
    'pay.page': { paramsTuple?: []; params?: {} }
    'pay.pay_pass.show': { paramsTuple: [ParamValue]; params: {'pass': ParamValue} }
    'wechat.binding.show': { paramsTuple?: []; params?: {} }
    'wechat.binding.binding.live': { paramsTuple?: []; params?: {} }
    'operator.overview': { paramsTuple?: []; params?: {} }
    'operator.health.health.show': { paramsTuple?: []; params?: {} }
    'operator.processes': { paramsTuple?: []; params?: {} }
    'operator.scanners.scanners.show': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.show': { paramsTuple?: []; params?: {} }
    'operator.users.users.index': { paramsTuple?: []; params?: {} }
    'operator.users.users.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.payments.payments.show': { paramsTuple?: []; params?: {} }
    'operator.orders.orders.index': { paramsTuple?: []; params?: {} }
    'operator.orders.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoints.index': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoint_settings.create': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_settings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.deliveries.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'operator.alerts.alerts.show': { paramsTuple?: []; params?: {} }
    'operator.actions': { paramsTuple?: []; params?: {} }
    'missing': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  POST: {
    'hooks.orders': { paramsTuple?: []; params?: {} }
    'hooks.play': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook.transfers': { paramsTuple?: []; params?: {} }
    'wechat.official_account': { paramsTuple?: []; params?: {} }
    'internal.alerts.acknowledge': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.accounts.accounts.store': { paramsTuple?: []; params?: {} }
    'api.okx.accounts.accounts.store': { paramsTuple?: []; params?: {} }
    'api.okx.accounts.accounts.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.orders.orders.store': { paramsTuple?: []; params?: {} }
    'api.orders.verifications.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoints.store': { paramsTuple?: []; params?: {} }
    'api.webhook.dry_runs.store': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoint_tests.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoint_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.delivery_replays.store_many': { paramsTuple?: []; params?: {} }
    'api.webhook.delivery_replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.ocr.wallets': { paramsTuple?: []; params?: {} }
    'preferences.update': { paramsTuple?: []; params?: {} }
    'saved_views.store': { paramsTuple?: []; params?: {} }
    'saved_views.destroy': { paramsTuple?: []; params?: {} }
    'login.store': { paramsTuple?: []; params?: {} }
    'login_messages.store': { paramsTuple?: []; params?: {} }
    'logout.store': { paramsTuple?: []; params?: {} }
    'logout.everywhere': { paramsTuple?: []; params?: {} }
    'account.trial.store': { paramsTuple?: []; params?: {} }
    'account.subscriptions.update': { paramsTuple?: []; params?: {} }
    'account.chat.update': { paramsTuple?: []; params?: {} }
    'account.chat.preset': { paramsTuple?: []; params?: {} }
    'account.chat.code': { paramsTuple?: []; params?: {} }
    'account.chat.unbind': { paramsTuple?: []; params?: {} }
    'account.chat.ways': { paramsTuple?: []; params?: {} }
    'account.telegram.test': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.telegram.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.tron.store': { paramsTuple?: []; params?: {} }
    'account.tron.destroy': { paramsTuple?: []; params?: {} }
    'account.okx.store': { paramsTuple?: []; params?: {} }
    'account.okx.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.okx.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.sessions.destroy_others': { paramsTuple?: []; params?: {} }
    'account.sessions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.profile.update': { paramsTuple?: []; params?: {} }
    'account.tokens.store': { paramsTuple?: []; params?: {} }
    'account.tokens.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.endpoints.store': { paramsTuple?: []; params?: {} }
    'account.endpoints.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.erasure.store': { paramsTuple?: []; params?: {} }
    'play.play.store': { paramsTuple?: []; params?: {} }
    'play.play.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'alerts.alerts.store': { paramsTuple?: []; params?: {} }
    'alerts.alerts.destroy': { paramsTuple?: []; params?: {} }
    'alerts.alert_browsers.store': { paramsTuple?: []; params?: {} }
    'alerts.alert_browsers.destroy': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoint_settings.store': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoint_trials.new': { paramsTuple?: []; params?: {} }
    'webhook_pages.endpoint_settings.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_states.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_trials.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.endpoint_tests.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.replays.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'replay': ParamValue} }
    'webhook_pages.delivery_replays.store_many': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'webhook_pages.delivery_replays.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'orders.orders.verify': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'renew.renew.store': { paramsTuple?: []; params?: {} }
    'pay.pay_pass.store': { paramsTuple: [ParamValue]; params: {'pass': ParamValue} }
    'wechat.binding.binding.destroy': { paramsTuple?: []; params?: {} }
    'wechat.binding.binding.test': { paramsTuple?: []; params?: {} }
    'wechat.binding.logins.store': { paramsTuple?: []; params?: {} }
    'wechat.binding.logins.update': { paramsTuple?: []; params?: {} }
    'wechat.binding.logins.destroy': { paramsTuple?: []; params?: {} }
    'operator.health.health.acknowledge': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.scanners.scanners.retry': { paramsTuple?: []; params?: {} }
    'operator.scanners.scanners.accept': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.watch': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.unwatch': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.check': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.remove': { paramsTuple?: []; params?: {} }
    'operator.accounts.accounts.unbind': { paramsTuple?: []; params?: {} }
    'operator.users.users.grant': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.users.users.revoke': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.users.users.logout': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.users.users.token': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.payments.payments.assign': { paramsTuple?: []; params?: {} }
    'operator.payments.payments.audit': { paramsTuple?: []; params?: {} }
    'operator.orders.orders.retry': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoint_settings.store': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoint_trials.new': { paramsTuple?: []; params?: {} }
    'operator.webhook.endpoint_settings.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_states.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_trials.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.endpoint_tests.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.replays.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'replay': ParamValue} }
    'operator.webhook.delivery_replays.store_many': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'operator.webhook.delivery_replays.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'delivery': ParamValue} }
    'operator.alerts.alerts.acknowledge': { paramsTuple?: []; params?: {} }
  }
  DELETE: {
    'api.accounts.accounts.destroy': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'api.okx.accounts.accounts.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.replays.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'replay': ParamValue} }
  }
  PATCH: {
    'api.webhook.endpoints.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}