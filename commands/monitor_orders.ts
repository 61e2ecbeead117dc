import ordersConfig from '#config/orders'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { monitorOrders } from '#verification/work/monitor_orders'

export default class MonitorOrders extends LongRunningCommand {
  static commandName = 'monitor:orders'
  static description = 'Follow orders: confirmed, filled and verified in time'
  static help = [
    'Moves each order by what OKX says of it, fails announced ones that OKX does not',
    'show within ORDER_CONFIRMATION_TIMEOUT, tells of open ones after',
    'ORDER_FILL_TIMEOUT, queues what was filled for verify:orders, and raises an',
    'alert when too many fail, wait or take too long.',
    '```',
    '{{ binaryName }} monitor:orders',
    '```',
  ]

  protected get beatsAs() {
    return 'monitor:orders'
  }

  async work(signal: AbortSignal) {
    const logger = await this.app.container.make('logger')
    await monitorOrders({ ...ordersConfig, clock: systemClock, logger }, signal)
  }
}
