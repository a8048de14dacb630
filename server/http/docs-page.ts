/** What the page reads of an OpenAPI document. */
type Document = { info: { title: string; version: string; description?: string }; paths?: object }
type Operation = {
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string }[]
  requestBody?: { content?: Record<string, { schema?: unknown }> }
  responses?: Record<string, { description?: string }>
}

/** The API for people to read: one page, no script, nothing loaded from anywhere. */
export function docsPage(document: Document): string {
  const paths = Object.entries(document.paths ?? {}) as [string, Record<string, Operation>][] // OpenAPI's own form
  const sections = paths
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => section(path, method, operation)),
    )
  const { title, version, description = '' } = document.info
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)} API</title></head>
<body><h1>${escape(title)} API ${escape(version)}</h1><p>${escape(description)}</p>
<p>For programs: <a href="/api/v1/openapi.json">openapi.json</a></p>
${sections.join('\n')}</body></html>
`
}

function section(path: string, method: string, operation: Operation): string {
  const { summary, description, parameters = [], requestBody, responses = {} } = operation
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema
  return [
    `<hr><h2><code>${escape(method.toUpperCase())} ${escape(path)}</code></h2>`,
    ...[summary, description].map((text) => (text === undefined ? '' : `<p>${escape(text)}</p>`)),
    list(
      parameters.map(
        ({ name, in: where, required, description: text }) =>
          `<code>${escape(name)}</code> (${escape(where)}${required ? ', required' : ''}) ${escape(text ?? '')}`,
      ),
    ),
    schema === undefined
      ? ''
      : `<details><summary>Body</summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`,
    list(
      Object.entries(responses).map(
        ([status, { description: text }]) => `${escape(status)} ${escape(text ?? '')}`,
      ),
    ),
  ].join('')
}

function list(items: string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
