import type { Scope } from '#accounts/tokens/scopes'

/** What users may allow their programs; other scopes reach what belongs to all and are the operator's to give. */
export const USER_SCOPES = ['webhooks:read', 'webhooks:write'] as const satisfies readonly Scope[]
