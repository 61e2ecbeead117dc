import vine from '@vinejs/vine'

export const demoPaymentValidator = vine.create({
  way: vine.enum(['account', 'contract', 'half'] as const),
})

/** A call as pages make it of a wallet (EIP-1193). */
export const walletRequestValidator = vine.create({
  method: vine.string().maxLength(100),
  params: vine.array(vine.any()).parse((params) => params ?? []),
})
