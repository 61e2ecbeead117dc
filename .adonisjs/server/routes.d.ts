import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'api.description.show': { paramsTuple?: []; params?: {} }
    'api.latest': { paramsTuple?: []; params?: {} }
    'api.latest.source': { paramsTuple: [ParamValue]; params: {'source': ParamValue} }
    'api.launches.index': { paramsTuple?: []; params?: {} }
    'api.pools.index': { paramsTuple?: []; params?: {} }
    'api.trades.index': { paramsTuple?: []; params?: {} }
    'api.stream.show': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.index': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoints.store': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoint_tests.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoint_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.ocr.wallets.index': { paramsTuple?: []; params?: {} }
    'api.ocr.wallets.store': { paramsTuple?: []; params?: {} }
    'live.show': { paramsTuple?: []; params?: {} }
    'assets': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'favicon': { paramsTuple?: []; params?: {} }
    'feed.show': { paramsTuple?: []; params?: {} }
    'token.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'preferences.update': { paramsTuple?: []; params?: {} }
    'missing': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  GET: {
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'api.description.show': { paramsTuple?: []; params?: {} }
    'api.latest': { paramsTuple?: []; params?: {} }
    'api.latest.source': { paramsTuple: [ParamValue]; params: {'source': ParamValue} }
    'api.launches.index': { paramsTuple?: []; params?: {} }
    'api.pools.index': { paramsTuple?: []; params?: {} }
    'api.trades.index': { paramsTuple?: []; params?: {} }
    'api.stream.show': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.index': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.ocr.wallets.index': { paramsTuple?: []; params?: {} }
    'live.show': { paramsTuple?: []; params?: {} }
    'assets': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'favicon': { paramsTuple?: []; params?: {} }
    'feed.show': { paramsTuple?: []; params?: {} }
    'token.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'missing': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  HEAD: {
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'api.description.show': { paramsTuple?: []; params?: {} }
    'api.latest': { paramsTuple?: []; params?: {} }
    'api.latest.source': { paramsTuple: [ParamValue]; params: {'source': ParamValue} }
    'api.launches.index': { paramsTuple?: []; params?: {} }
    'api.pools.index': { paramsTuple?: []; params?: {} }
    'api.trades.index': { paramsTuple?: []; params?: {} }
    'api.stream.show': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.index': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoints.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.ocr.wallets.index': { paramsTuple?: []; params?: {} }
    'live.show': { paramsTuple?: []; params?: {} }
    'assets': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'favicon': { paramsTuple?: []; params?: {} }
    'feed.show': { paramsTuple?: []; params?: {} }
    'token.show': { paramsTuple: [ParamValue]; params: {'address': ParamValue} }
    'missing': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  POST: {
    'api.webhook.endpoints.store': { paramsTuple?: []; params?: {} }
    'api.webhook.endpoint_tests.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhook.endpoint_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.ocr.wallets.store': { paramsTuple?: []; params?: {} }
    'preferences.update': { paramsTuple?: []; params?: {} }
  }
  PATCH: {
    'api.webhook.endpoints.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  DELETE: {
    'api.webhook.endpoints.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}