import env from '#start/env'
import { ServerKey } from '#web_push/message/server_key'

/** Push services want to know whom to ask; most take this, Apple's does not. */
const NO_CONTACT = 'mailto:nobody@localhost'

const secret = env.get('WEB_PUSH_KEY')

/** Notifications in browsers while no page is open. */
const webPushConfig = {
  /** Undefined: there is none, and browsers cannot subscribe. */
  key:
    secret === undefined
      ? undefined
      : new ServerKey(secret, env.get('WEB_PUSH_SUBJECT') ?? env.get('APP_URL') ?? NO_CONTACT),
  /** Push services beside the known ones; they may speak plain http. */
  hosts: env.get('WEB_PUSH_HOSTS'),
}

export default webPushConfig
