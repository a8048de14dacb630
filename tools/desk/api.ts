/** The server's HTTP interface, as a program of the firm uses it. */
export type Api = {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>
  patch<T>(path: string, body: unknown): Promise<T>
  delete(path: string): Promise<void>
  /** Every item of a list, page by page. */
  list<T>(path: string): Promise<T[]>
}

/** @param base where the paths begin, such as `http://127.0.0.1:4380/api/v1` */
export function createApi(base: string, token?: string): Api {
  async function ask<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...headers,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text === '' ? 'null' : text) as T // the caller names the shape its path documents
  }
  return {
    get: (path) => ask('GET', path),
    post: (path, body, headers) => ask('POST', path, body, headers),
    patch: (path, body) => ask('PATCH', path, body),
    delete: (path) => ask('DELETE', path),
    async list<T>(path: string) {
      const items: T[] = []
      const sign = path.includes('?') ? '&' : '?'
      for (let cursor: string | null = ''; cursor !== null;) {
        const more: string = cursor === '' ? '' : `${sign}cursor=${encodeURIComponent(cursor)}`
        const page: { items: T[]; nextCursor: string | null } = await ask('GET', path + more)
        items.push(...page.items)
        cursor = page.nextCursor
      }
      return items
    },
  }
}
