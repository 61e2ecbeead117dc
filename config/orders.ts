import env from '#start/env'
import type { OrderThresholds } from '#orders/thresholds'
import type { OrderLimits } from '#orders/time_limits'

const limits: OrderLimits = {
  confirmMs: env.get('ORDER_CONFIRMATION_TIMEOUT'),
  fillMs: env.get('ORDER_FILL_TIMEOUT'),
}

/** Those of the original specification. */
const thresholds: OrderThresholds = {
  errorRate: 5,
  processingTime: 30,
  pendingOrders: 100,
  verificationTimeouts: 10,
}

const ordersConfig = {
  limits,
  thresholds,
  /** What programs sign announcements with; undefined: none is taken. */
  hookSecret: env.get('ORDER_HOOK_SECRET') ?? env.get('WEBHOOK_SECRET'),
}

export default ordersConfig
