import type { FormatName } from '#models/webhook_endpoint'
import { dingtalk } from '#webhooks/formats/dingtalk'
import { discord } from '#webhooks/formats/discord'
import { feishu } from '#webhooks/formats/feishu'
import type { RobotFormat } from '#webhooks/formats/robot_format'
import { slack } from '#webhooks/formats/slack'
import { telegram } from '#webhooks/formats/telegram'
import { wecom } from '#webhooks/formats/wecom'

export type RobotFormatName = Exclude<FormatName, 'json'>

/** The robots that events can be told by, in the order in which people see them. */
export const robotFormats: Readonly<Record<RobotFormatName, RobotFormat>> = {
  wecom,
  feishu,
  dingtalk,
  slack,
  discord,
  telegram,
}

/** The platform whose robot a URL is; undefined: of none that is known. */
export function ownerOf(url: URL): RobotFormatName | undefined {
  const names = Object.keys(robotFormats) as RobotFormatName[]
  return names.find((name) => robotFormats[name].owns(url))
}
