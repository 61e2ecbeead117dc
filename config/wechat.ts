import env from '#start/env'
import { version } from '#config/app'

/** WeChat: people's own by the iLink Bot API, and an official account that answers commands. */
const wechatConfig = {
  isEnabled: env.get('WECHAT_ENABLED'),

  ilink: {
    url: env.get('WECHAT_ILINK_URL'),
    /** Hosts that may be sent tokens beside those of WeChat itself, with a port or without. */
    allowedHosts: env.get('WECHAT_ALLOWED_HOSTS'),
    /** Tells the server which program speaks: ASCII, 256 bytes at most. */
    botAgent: `regou/${version}`,
  },

  officialAccount: {
    appId: env.get('WECHAT_MP_APP_ID'),
    token: env.get('WECHAT_MP_TOKEN'),
    aesKey: env.get('WECHAT_MP_AES_KEY'),
  },
}

export default wechatConfig
