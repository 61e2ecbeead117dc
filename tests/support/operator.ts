import { getActiveTest } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import type { Address } from 'viem'
import accountsConfig from '#config/accounts'
import { loginLimit } from '#config/limiter'
import { someWallet, Visitor } from '#tests/support/visitor'

/** Somebody who has logged in and who, until the test ends, runs this installation. */
export async function operator(language = 'en') {
  const wallet = someWallet()
  const { operatorWallets } = accountsConfig
  accountsConfig.operatorWallets = [wallet.address.toLowerCase() as Address]
  getActiveTest()?.cleanup(() => {
    accountsConfig.operatorWallets = operatorWallets
  })

  await limiter.use(loginLimit).clear()
  const visitor = new Visitor(language)
  await visitor.logIn(wallet)
  return visitor
}
