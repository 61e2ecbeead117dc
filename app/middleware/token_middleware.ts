import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Scope } from '#accounts/tokens/scopes'
import { ApiError } from '#exceptions/api_error'
import { spendRequest } from '#middleware/rate_limit'

/**
 * Lets programs in that send a bearer token with the scope of the route; `auth.user` is then whose
 * token it is. Challenges follow RFC 6750.
 */
export default class TokenMiddleware {
  /** @throws ApiError (401, 403 or 429) */
  async handle(ctx: HttpContext, next: NextFn, scope: Scope) {
    // What only the owner of the token may know, at times a new secret, stays in no cache.
    ctx.response.header('cache-control', 'no-store')
    const manager = await ctx.containerResolver.make('auth.manager')
    ctx.auth = manager.createAuthenticator(ctx)
    if (!(await ctx.auth.check())) {
      throw unauthenticated(ctx)
    }

    const { currentAccessToken: token } = ctx.auth.use('api').getUserOrFail()
    await spendRequest(ctx.response, String(token.identifier))
    if (token.denies(scope)) {
      throw forbidden(ctx, scope, token.abilities)
    }
    return next()
  }
}

function unauthenticated({ request, response }: HttpContext) {
  if (!request.header('authorization')) {
    response.header('www-authenticate', 'Bearer realm="regou"')
    const message =
      'This needs a token: "Authorization: Bearer regou_…". Make one in the user center, or have the operator make it with: node ace token:create'
    return new ApiError(401, [{ code: 'missing_token', message }])
  }
  response.header('www-authenticate', 'Bearer realm="regou", error="invalid_token"')
  const message = 'This is no bearer token of ours that is still valid: unknown, revoked or expired'
  return new ApiError(401, [{ code: 'invalid_token', message }])
}

function forbidden({ response }: HttpContext, scope: Scope, scopes: readonly string[]) {
  const challenge = `Bearer realm="regou", error="insufficient_scope", scope="${scope}"`
  response.header('www-authenticate', challenge)
  const message = `This needs the scope ${scope}; the token has: ${scopes.join(', ')}`
  return new ApiError(403, [{ code: 'missing_scope', message }])
}
