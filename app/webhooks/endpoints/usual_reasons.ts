/** Why an endpoint is disabled when whoever did it gave no reason. */
export const BY_OWNER = 'disabled by its owner'
export const BY_OPERATOR = 'disabled by the operator'

/** Why a job is set aside that waited for an endpoint. */
export const OUT_OF_SERVICE = 'the endpoint is disabled or deleted'
export const DELETED = 'the endpoint was deleted'
