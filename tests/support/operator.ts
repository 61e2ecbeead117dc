import { getActiveTest } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import type { Address } from 'viem'
import accountsConfig from '#config/accounts'
import { loginLimit } from '#config/limiter'
import { someWallet, Visitor } from '#tests/support/visitor'

/** Until the test ends, the wallet's owner is the one who runs this installation. */
export function makeOperator({ address }: { address: string }) {
  const { operatorWallets } = accountsConfig
  accountsConfig.operatorWallets = [address.toLowerCase() as Address]
  getActiveTest()?.cleanup(() => {
    accountsConfig.operatorWallets = operatorWallets
  })
}

/** An operator who has logged in. */
export async function operator(language = 'en') {
  const wallet = someWallet()
  makeOperator(wallet)
  await limiter.use(loginLimit).clear()
  const visitor = new Visitor(language)
  await visitor.logIn(wallet)
  return visitor
}
