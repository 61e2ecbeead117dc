import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'

/** The pages of endpoints, which stand at two places: each user's own, and all for the operator. */
export function webhookPageRoutes() {
  router.get('/', [controllers.webhook.Endpoints, 'index'])
  router.post('/', [controllers.webhook.EndpointSettings, 'store'])
  router.get('/new', [controllers.webhook.EndpointSettings, 'create'])
  router.post('/try', [controllers.webhook.EndpointTrials, 'store']).as('endpoint_trials.new')
  router.get('/:id', [controllers.webhook.Endpoints, 'show'])
  router.post('/:id', [controllers.webhook.EndpointSettings, 'update'])
  router.get('/:id/edit', [controllers.webhook.EndpointSettings, 'edit'])
  router.post('/:id/delete', [controllers.webhook.Endpoints, 'destroy'])
  router.post('/:id/secret', [controllers.webhook.EndpointSecrets, 'store'])
  router.post('/:id/state', [controllers.webhook.EndpointStates, 'update'])
  router.post('/:id/try', [controllers.webhook.EndpointTrials, 'store'])
  router.post('/:id/test', [controllers.webhook.EndpointTests, 'store'])
  router.post('/:id/replays', [controllers.webhook.Replays, 'store'])
  router.post('/:id/replays/:replay/cancel', [controllers.webhook.Replays, 'destroy'])
  router.post('/:id/deliveries/replay', [controllers.webhook.DeliveryReplays, 'storeMany'])
  router.get('/:id/deliveries/:delivery', [controllers.webhook.Deliveries, 'show'])
  router.post('/:id/deliveries/:delivery/replay', [controllers.webhook.DeliveryReplays, 'store'])
}
