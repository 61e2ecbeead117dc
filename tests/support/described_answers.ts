import assert from 'node:assert/strict'
import vine from '@vinejs/vine'
import type { ApiResponse } from '@japa/api-client'
import { successesOf } from '#openapi/operation'
import type { Operation } from '#openapi/operation'
import { operations } from '#openapi/operations'

const errors = vine.object({
  errors: vine.array(
    vine.object({ code: vine.string(), message: vine.string(), field: vine.string().optional() })
  ),
  meta: vine.object({}).allowUnknownProperties().optional(),
})

/**
 * Holds an answer of the API against its description. Vine drops what it was not told of and turns
 * text into numbers: an answer is described when it comes out as it went in.
 *
 * @throws Error when the description does not say what was answered
 */
export async function assertDescribed(response: ApiResponse) {
  const { method, url } = response.request.request
  const { pathname } = new URL(url)
  const operation = operationOf(pathname, method)
  if (!operation || operation.mediaType || !response.hasBody()) {
    return
  }
  const body = response.body()
  const isFailure = response.status() >= 400
  const schema = isFailure ? errors : operation.answer!
  const [problem, described] = await vine.create(schema).tryValidate(body)
  const words = `${method} ${pathname} is not as the API description says`
  assert.ok(isFailure || successesOf(operation).includes(response.status()), words)
  if (problem) {
    throw new Error(`${words}: ${JSON.stringify(problem.messages)}`)
  }
  assert.deepEqual(body, described, words)
}

function operationOf(pathname: string, method: string): Operation | undefined {
  const isMeant = (path: string) =>
    new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname)
  const all = operations()
  const path = pathname in all ? pathname : Object.keys(all).find(isMeant)
  return path ? all[path]![method.toLowerCase() as 'get'] : undefined
}
