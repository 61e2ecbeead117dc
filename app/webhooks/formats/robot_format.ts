import type { MessageLimits } from '#chat/messages/fitted'
import type { Rate, Verdict } from '#delivery/channel'
import type { WebhookAnswer } from '#webhooks/sending/response_handler'

/** Where a robot of a group is, and what it is told by. All of it is secret. */
export interface Robot {
  /** As it was copied from the platform. */
  url: string
  /** Signs requests, where the robot asks for that. */
  secret: string | null
  /** The chat, where one robot speaks in many. */
  chatId: string | null
}

export interface RobotRequest {
  url: string
  /** Sent as JSON. */
  body: object
}

/** A group that has a new number on its platform: the message goes there, once more. */
export interface Moved {
  kind: 'moved'
  chatId: string
}

/** How events are told to a group on one platform. `registry.ts` lists them. */
export interface RobotFormat {
  /** The name of the platform for people. */
  label: string
  /** Whether a URL is one of its robots', by its host and path. */
  owns: (url: URL) => boolean
  /** Whether robots of it may ask for signatures, and whether they have to be told the chat. */
  takes: { secret: boolean; chatId: boolean }
  /** A little less than what the platform allows: what it refuses for speed may be silence for minutes. */
  rate: Rate
  limits: MessageLimits
  /** @param now epoch milliseconds */
  request: (text: string, robot: Robot, now: number) => RobotRequest
  /** What an answer says, as a rule by its body: a 200 may be a refusal. `now` is in epoch milliseconds. */
  judge: (answer: WebhookAnswer, now: number) => Verdict | Moved
}
