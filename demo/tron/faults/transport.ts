import type { Clock } from '#foundation/clock'
import type { Ask, Reply, TronFault } from '#demo/tron/faults/fault'

/** Those requests alone suffer from the fault, counted from 1 as they come to it. */
export function when(concerns: (ask: Ask, count: number) => boolean, fault: TronFault): TronFault {
  let count = 0
  return {
    ...fault,
    answer: (ask, good) =>
      concerns(ask, ++count) && fault.answer ? fault.answer(ask, good) : good(),
  }
}

/** One request in so many suffers from the fault. */
export function oneIn(times: number, fault: TronFault): TronFault {
  return when((_, count) => count % times === 0, fault)
}

export function slow(ms: number, clock: Clock): TronFault {
  return {
    answer: async (_, good) => {
      await clock.sleep(ms)
      return good()
    },
  }
}

/** A proxy answers in its place. */
export function html(status = 502): TronFault {
  return answering({
    status,
    body: `<html><body><h1>${status} Bad Gateway</h1></body></html>`,
    contentType: 'text/html',
  })
}

/** A node that has no history for that: bare text, with success. */
export function lite(): TronFault {
  return answering({
    status: 200,
    body: 'this API is closed because this node is a lite fullnode',
    contentType: 'text/plain',
  })
}

/** What nodes answer when they have no room for a request: an error, with success. */
export function overloaded(): TronFault {
  return answering(
    error(200, 'class java.lang.IllegalAccessException : lack of computing resources')
  )
}

export function forbidden(): TronFault {
  return answering({ status: 403, body: 'Forbidden', contentType: 'text/plain' })
}

/** The answer ends in the middle. */
export function cutShort(): TronFault {
  return {
    answer: async (_, good) => {
      const reply = await good()
      return { ...reply, body: reply.body.slice(0, Math.ceil(reply.body.length / 2)) }
    },
  }
}

interface Quota {
  /** Requests in a second, and how long more of them shut the door. */
  perSecond: number
  suspendedMs: number
  /** Requests in a day. */
  perDay?: number
  /** Without one of these a request has a third of the rate, and a code of its own. Not given: all have one. */
  keys?: readonly string[]
}

/** The rates of TronGrid. All keys are of one account, and share them. */
export function quota({ perSecond, suspendedMs, perDay = Infinity, keys }: Quota): TronFault {
  const suspendedS = Math.round(suspendedMs / 1000)
  let suspendedUntil = 0
  let day = { number: -1, count: 0 }
  let second = { number: -1, count: 0 }

  return {
    answer: async (ask, good) => {
      const { at, key } = ask
      const hasKey = keys === undefined || (key !== undefined && keys.includes(key))
      if (key !== undefined && !hasKey) {
        return error(401, 'ApiKey not exists')
      }
      const limit = hasKey ? perSecond : Math.ceil(perSecond / 3)
      second = counted(second, Math.floor(at / 1000))
      day = counted(day, Math.floor(at / 86_400_000))
      if (second.count > limit) {
        suspendedUntil = at + suspendedMs
      }
      if (at < suspendedUntil) {
        return refusal(
          ask,
          hasKey
            ? `The key exceeds the frequency limit(${limit}), and the query server is suspended for ${suspendedS}s`
            : `request rate exceeded the allowed_rps(${limit}), and the query server is suspended for ${suspendedS} s`,
          hasKey ? 403 : 429
        )
      }
      if (day.count > perDay && second.count > 1) {
        return refusal(
          ask,
          `Exceed the user daily usage (${perDay}), the maximum query frequency is 1 time per second`,
          403
        )
      }
      return good()
    },
  }
}

function counted(last: { number: number; count: number }, number: number) {
  return { number, count: number === last.number ? last.count + 1 : 1 }
}

/** TronGrid's own lists say it in other fields than nodes do. */
function refusal({ path }: Ask, text: string, status: number): Reply {
  return path.startsWith('/v1/')
    ? { status, body: JSON.stringify({ success: false, error: text, statusCode: status }) }
    : error(status, text)
}

function error(status: number, text: string): Reply {
  return { status, body: JSON.stringify({ Error: text }) }
}

function answering(reply: Reply): TronFault {
  return { answer: async () => reply }
}
