/** Why an endpoint is disabled when whoever did it gave no reason. */
export const BY_OWNER = 'disabled by its owner'
export const BY_OPERATOR = 'disabled by the operator'
