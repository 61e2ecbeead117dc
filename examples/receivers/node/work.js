const takenBack = new Set()
let distinct = 0

/** Here goes what an event means to you. It is stored by now: take the time that you need. */
export function work({ id, event_type: type, data }) {
  distinct++
  const time = data.event_time ?? data.create_time * 1000
  const age = time ? `, ${Date.now() - time} ms old` : ''
  const name = harmless(data.symbol ?? data.token_address ?? data.wallet_code ?? '')
  const isVoid = isTakenBack(type, data) ? ', taken back' : ''
  console.log(`${type} ${name} ${id}${age}${isVoid}, ${distinct} distinct`)
}

/** A reorg can take an event back, and the removal may come before the event. */
function isTakenBack(type, data) {
  const fact = `${type.replace('.removed', '')} ${data.id}`
  if (type.endsWith('.removed')) takenBack.add(fact)
  return takenBack.has(fact)
}

/** Names of tokens are chosen by strangers: control and direction characters must not act here. */
function harmless(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD').slice(0, 42)
}
