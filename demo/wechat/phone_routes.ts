import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ILinkServer } from '#demo/wechat/ilink_server'
import type { Person } from '#demo/wechat/world'

/** What the page can ask for, by the last part of the path. Each takes the fields of a JSON body. */
type Controls = Record<string, (fields: Record<string, string>) => unknown>

const FILES: Record<string, string> = {
  'index.html': 'text/html; charset=utf-8',
  'phone.css': 'text/css; charset=utf-8',
  'phone.js': 'text/javascript; charset=utf-8',
}

const HOUR_MS = 3_600_000

/** The shortest time between two drawings of the page, in milliseconds. */
const DRAW_MS = 100

/**
 * A phone to play with: one scans codes, writes to the bot, sees what it says, and sets the clock
 * forward. Everything is on this machine, and for the demo and tests alone.
 */
export function serveThePhone(server: ILinkServer, person: Person) {
  const controls = controlsOf(server, person)
  const watching = new Set<ServerResponse>()
  let isDrawing = false
  const draw = () => {
    isDrawing = false
    const state = `data: ${JSON.stringify(stateOf(server, person))}\n\n`
    for (const response of watching) response.write(state)
  }
  server.world.onChange = () => {
    if (isDrawing || watching.size === 0) return
    isDrawing = true
    setTimeout(draw, DRAW_MS)
  }

  server.extraRoutes = (request, response) => {
    const { pathname } = new URL(request.url!, server.url)
    const file =
      pathname === '/' || pathname.startsWith('/scan/') ? 'index.html' : pathname.slice(1)
    const control = controls[pathname.replace('/play/', '')]
    if (request.method === 'GET' && FILES[file]) {
      response.setHeader('content-type', FILES[file])
      createReadStream(new URL(`phone/${file}`, import.meta.url)).pipe(response)
    } else if (pathname === '/play/state') {
      response.setHeader('content-type', 'text/event-stream')
      response.once('close', () => watching.delete(response))
      watching.add(response)
      draw()
    } else if (request.method === 'POST' && isOurPage(request, server) && control) {
      void fieldsOf(request).then((fields) => {
        control(fields)
        server.world.onChange()
        response.writeHead(204).end()
      })
    } else {
      return false
    }
    return true
  }
}

function controlsOf(server: ILinkServer, person: Person): Controls {
  const { world } = server
  return {
    scan: ({ key }) => {
      const login = world.logins.get(key ?? '')
      if (login) server.scan(login, person)
    },
    confirm: ({ key }) => {
      const login = world.logins.get(key ?? '')
      if (login) world.confirm(login)
    },
    say: ({ text, kind }) => world.say(person, { text, kind: kind === 'voice' ? 'voice' : 'text' }),
    advance: ({ hours }) => {
      const ms = Number(hours) * HOUR_MS
      // The clock of a demo never goes back: others have stored its times.
      if (ms > 0 && Number.isFinite(ms)) world.advance(ms)
    },
    throttle: () => {
      if (person.bot) {
        person.bot.sending.throttledUntil = world.clock.now() + world.knobs.throttleMs
      }
    },
    elsewhere: () => world.bind(person),
    remove: () => person.bot?.die(0),
    drop: () => server.faults.add('sendmessage', 'drop_after'),
    digits: ({ on }) => (world.knobs.asksForDigits = on === 'true'),
  }
}

/** What the page draws: the phone, and what the server knows. Times are epoch milliseconds. */
function stateOf({ world }: ILinkServer, { name, shown, bot }: Person) {
  const logins = [...world.logins.values()].filter(
    ({ status }) => !['expired', 'confirmed', 'binded_redirect'].includes(status)
  )
  const { knobs, clock, attempts } = world
  const counted = (outcome: string) => attempts.filter((one) => one.outcome === outcome).length
  return {
    name,
    now: clock.now(),
    shown: shown.slice(-100),
    isTyping: bot?.isTyping ?? false,
    asksForDigits: knobs.asksForDigits,
    codes: logins.map(({ key, status, digits, personId }) => ({
      key,
      status,
      digits: status === 'need_verifycode' ? digits : null,
      isMine: personId !== null,
    })),
    bot: bot && {
      id: bot.id,
      isDead: bot.isDead,
      windowEndsAt: bot.sending.lastInboundAt && bot.sending.lastInboundAt + knobs.windowMs,
      messagesLeft: bot.sending.lastInboundAt === null ? 0 : knobs.limit - bot.sending.count,
      throttledUntil: bot.sending.throttledUntil,
      lastPollAt: bot.lastPollAt,
      polls: bot.polls,
      queued: bot.queued,
    },
    accepted: counted('accepted'),
    refused: counted('refused'),
    swallowed: counted('swallowed'),
  }
}

/** A page of another origin in the same browser gets nothing done here. */
function isOurPage({ headers }: IncomingMessage, { host }: ILinkServer): boolean {
  const { port } = new URL(`http://${host}`)
  const origin = URL.parse(headers.origin ?? `http://${host}`)
  return origin?.port === port && ['127.0.0.1', 'localhost'].includes(origin.hostname)
}

async function fieldsOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = ''
  for await (const chunk of request) text += chunk
  try {
    return Object(JSON.parse(text || '{}'))
  } catch {
    return {}
  }
}
