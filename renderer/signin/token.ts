/** The token of a set-up link (`#/setup?token=…`), or null when the address is none. */
export function setUpToken(hash: string): string | null {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?')
  if (path !== 'setup') return null
  const token = new URLSearchParams(query).get('token')
  return token === null || token === '' ? null : token
}
