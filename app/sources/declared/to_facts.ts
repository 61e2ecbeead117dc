import type { EventDeclaration } from '#sources/declared/declaration'
import { cleanText, priceOf } from '#sources/values'
import type { Address, Fact } from '#sources/facts'

/** An event's arguments by name, as they were decoded. */
export type Arguments = Record<string, unknown>

type Of<Type extends EventDeclaration['as']> = Extract<EventDeclaration, { as: Type }>

/** The facts that a declared event becomes. The declaration has been checked. */
export function toFacts(declaration: EventDeclaration, args: Arguments): Fact[] {
  switch (declaration.as) {
    case 'launch':
      return [launch(declaration, args)]
    case 'pool':
      return [pool(declaration, args)]
    case 'trade':
      return trade(declaration, args)
  }
}

function launch({ kind, map }: Of<'launch'>, args: Arguments): Fact {
  return {
    type: 'launch',
    kind,
    token: address(args, map.token)!,
    name: text(args, map.name),
    symbol: text(args, map.symbol),
    creator: address(args, map.creator),
    quote: address(args, map.quote),
    quoteAmount: amount(args, map.quoteAmount),
    baseAmount: amount(args, map.baseAmount),
    poolId: address(args, map.poolId),
    metadataUri: text(args, map.metadataUri),
  }
}

function pool({ kind, map }: Of<'pool'>, args: Arguments): Fact {
  return {
    type: 'pool',
    kind,
    token: address(args, map.token)!,
    poolId: address(args, map.poolId)!,
    creator: address(args, map.creator),
    quote: address(args, map.quote),
  }
}

/** A trade that names no pool is one on the token's curve, and it sets the pool's price. */
function trade({ side, map }: Of<'trade'>, args: Arguments): Fact[] {
  const token = address(args, map.token)!
  const quoteAmount = amount(args, map.quoteAmount)!
  const baseAmount = amount(args, map.baseAmount)!
  const price = amount(args, map.price) ?? priceOf(quoteAmount, baseAmount)
  const place = { poolId: address(args, map.poolId) ?? token, token, price }

  return [
    {
      type: 'trade',
      ...place,
      side: side ?? (args[map.isBuy!] ? 'buy' : 'sell'),
      trader: address(args, map.trader)!,
      quote: address(args, map.quote),
      quoteAmount,
      baseAmount,
      fee: amount(args, map.fee),
    },
    { type: 'pool_state', ...place },
  ]
}

function address(args: Arguments, name: string | undefined): Address | undefined {
  return name === undefined ? undefined : (args[name] as Address)
}

/** Small integers are decoded as numbers. */
function amount(args: Arguments, name: string | undefined): bigint | undefined {
  return name === undefined ? undefined : BigInt(args[name] as bigint | number)
}

function text(args: Arguments, name: string | undefined): string | undefined {
  return name === undefined ? undefined : cleanText(args[name] as string)
}
