import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

/**
 * Logs a new wallet in, as the pages' script does, and answers the cookies of its session.
 *
 * @param url of the web application, by the name `localhost`
 */
export async function logIn(url: string): Promise<string> {
  const wallet = privateKeyToAccount(generatePrivateKey())
  const cookies = new Map<string, string>()
  const ask = async (path: string, request: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...request.headers, cookie }
    const response = await fetch(url + path, { ...request, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!
      cookies.set(name!, value!)
    }
    return response.text()
  }

  const token = /name='_csrf' value='([^']+)'/.exec(await ask('/login'))![1]!
  const answer = await ask('/login/message', {
    method: 'POST',
    headers: {
      'accept': 'application/json',
      'content-type': 'application/json',
      'x-csrf-token': token,
    },
    body: JSON.stringify({ address: wallet.address }),
  })
  const { message } = JSON.parse(answer)
  const signature = await wallet.signMessage({ message })
  await ask('/login', {
    method: 'POST',
    body: new URLSearchParams({ _csrf: token, message, signature }),
  })
  await ask('/renew')
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
