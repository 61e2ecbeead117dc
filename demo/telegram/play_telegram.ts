import { createReadStream } from 'node:fs'
import { json } from 'node:stream/consumers'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '#foundation/clock'
import { TelegramServer } from '#demo/telegram/telegram_server'
import type { Person, PlayChat } from '#demo/telegram/world'

const FILES: Record<string, string> = {
  '/telegram.css': 'text/css; charset=utf-8',
  '/telegram.js': 'text/javascript; charset=utf-8',
}

/** The shortest time between two drawings of the page, in milliseconds. */
const DRAW_MS = 100

/** The play server of Telegram with one person and a group, whose chats are its page. */
export async function startPlayTelegram(clock: Pick<Clock, 'now'>): Promise<TelegramServer> {
  const server = await TelegramServer.start({ clock })
  const person = server.world.addPerson('Lin')
  const group = server.world.addGroup('Traders', person)
  servePage(server, person, group)
  return server
}

/** One writes, presses buttons and blocks the bot there; links from the user center lead to it. */
function servePage(server: TelegramServer, person: Person, group: PlayChat) {
  const { world } = server
  const watching = new Set<ServerResponse>()
  let isDrawing = false
  const draw = () => {
    isDrawing = false
    const chats = [world.chatOf(person), group].map(chatState)
    const state = { name: person.name, bot: world.bot.username, chats }
    for (const response of watching) response.write(`data: ${JSON.stringify(state)}\n\n`)
  }
  world.onChange = () => {
    if (isDrawing || watching.size === 0) return
    isDrawing = true
    setTimeout(draw, DRAW_MS)
  }

  const act = ({ chatId, text, data, closes }: Record<string, unknown>) => {
    const chat = world.chats.get(Number(chatId))
    if (!chat) return
    if (typeof text === 'string') world.say(person, text, chat)
    if (typeof data === 'string') world.press(person, chat, data)
    if (closes === true) world.close(chat)
  }

  server.extraRoutes = (request, response) => {
    const url = new URL(request.url!, server.url)
    if (request.method === 'POST' && url.pathname === '/play' && isOurPage(request, server)) {
      void json(request)
        .then((fields) => act(Object(fields) as Record<string, unknown>))
        .finally(() => response.writeHead(204).end())
    } else if (url.pathname === '/play/state') {
      response.setHeader('content-type', 'text/event-stream')
      response.once('close', () => watching.delete(response))
      watching.add(response)
      draw()
    } else if (FILES[url.pathname]) {
      send(response, url.pathname.slice(1), FILES[url.pathname]!)
    } else if (url.pathname === `/${world.bot.username}` && url.search !== '') {
      world.openLink(url.href, person, url.searchParams.has('startgroup') ? group : undefined)
      response.writeHead(303, { location: '/' }).end()
    } else if (url.pathname === '/') {
      send(response, 'index.html', 'text/html; charset=utf-8')
    } else {
      return false
    }
    return true
  }
}

function chatState({ id, title, isGroup, shown, closedFor }: PlayChat) {
  return { id, title, isGroup, isClosed: closedFor !== null, shown: shown.slice(-50) }
}

function send(response: ServerResponse, file: string, type: string) {
  response.setHeader('content-type', type)
  createReadStream(new URL(`page/${file}`, import.meta.url)).pipe(response)
}

/** A page of another origin in the same browser gets nothing done here. */
function isOurPage({ headers }: IncomingMessage, { url }: TelegramServer): boolean {
  const origin = URL.parse(headers.origin ?? url)
  return origin?.port === new URL(url).port && ['127.0.0.1', 'localhost'].includes(origin.hostname)
}
