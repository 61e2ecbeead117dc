import vine from '@vinejs/vine'
import { PLAY_ANSWERS } from '#webhooks/play/receivers'

export const playAnswerForm = vine.create({
  status: vine.number().in([...PLAY_ANSWERS]),
})
