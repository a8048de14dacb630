import { expect, test } from 'vitest'
import { aNumber, aTemplate } from '../../core/testing/examples.ts'
import { startSimulator } from '../../simulator/start.ts'
import { startTemplateMirror, type TemplateMirror } from '../templates/mirror.ts'
import { testApp } from '../testing/app.ts'
import { realPlatform } from '../testing/sender-desk.ts'
import { createClient } from '../whatsapp/client.ts'
import { templates } from './templates.ts'

const definition = {
  name: 'lieferung_heute',
  language: 'de',
  category: 'UTILITY',
  parameterFormat: 'NAMED',
  components: [
    {
      type: 'BODY',
      text: 'Guten Tag {{name}}, die Lieferung kommt heute noch.',
      example: { body_text_named_params: [{ param_name: 'name', example: 'Ada' }] },
    },
  ],
}

/** The firm's server beside a simulated WhatsApp, its templates mirrored. */
async function aDesk() {
  const simulator = await startSimulator({ latencyMs: { review: 60_000 } })
  const { token: secret, accountId } = simulator.account
  const client = createClient({ graphUrl: simulator.url, version: 'v25.0', token: secret })
  let mirror: TemplateMirror | undefined
  const server = await testApp({
    register(app, { db, log }) {
      const shared = { client: () => client, accountId: () => accountId }
      const report = () => undefined
      mirror = startTemplateMirror({ db, log, clock: realPlatform, report, ...shared })
      return app.register(templates, { db, templates: mirror, ...shared })
    },
  })
  await mirror?.check()
  const { token } = await server.person('administrator')
  return {
    ...server,
    simulator,
    client,
    accountId,
    asked: (method: string, path: string, body?: object) =>
      server.ask(method, `/api/v1/templates${path}`, {
        token,
        ...(body === undefined ? {} : { body }),
      }),
    async [Symbol.asyncDispose]() {
      await mirror?.stop()
      await server.close()
      await simulator.close()
    },
  }
}

test('a template is submitted, listed with its state, and deleted', async () => {
  await using desk = await aDesk()
  const made = await desk.asked('POST', '', definition)
  expect([made.status, made.body]).toMatchObject([
    201,
    {
      name: 'lieferung_heute',
      status: 'PENDING',
      parameterFormat: 'NAMED',
      examples: { name: 'Ada' },
      isOffered: false,
      reason: 'pending',
    },
  ])
  const again = await desk.asked('POST', '', definition)
  expect([again.status, again.body.error.code]).toEqual([409, 'already-exists'])

  const names = async (query: string) => {
    const { body } = await desk.asked('GET', `?${query}`)
    return (body.items as { name: string }[]).map(({ name }) => name)
  }
  expect(await names('')).toEqual(['hello_world', 'lieferung_heute'])
  expect(await names('offered=true')).toEqual(['hello_world'])
  expect(await names('offered=false')).toEqual(['lieferung_heute'])
  expect(await names('status=pending')).toEqual(['lieferung_heute'])
  expect(await names('language=en_US')).toEqual(['hello_world'])
  expect(await names('category=marketing')).toEqual([])
  expect(await names('name=hello_world')).toEqual(['hello_world'])

  expect((await desk.asked('DELETE', '/lieferung_heute?language=de')).status).toBe(204)
  expect(await names('')).toEqual(['hello_world'])
  expect((await desk.client.listTemplates(desk.accountId)).map(({ name }) => name)).toEqual([
    'hello_world',
  ])
  expect((await desk.asked('DELETE', '/lieferung_heute')).status).toBe(404)
})

test('what came to be elsewhere is there after a refresh', async () => {
  await using desk = await aDesk()
  const { name, language, category } = definition
  const components = [{ type: 'BODY', text: 'Ihre Lieferung kommt heute noch.' }]
  await desk.client.createTemplate(desk.accountId, { name, language, category, components })
  expect((await desk.asked('POST', '/refresh')).status).toBe(204)
  expect((await desk.asked('GET', `?name=${name}`)).body.items).toHaveLength(1)
})

test('what WhatsApp does not want is told in its own words', async () => {
  await using desk = await aDesk()
  const components = [{ type: 'BODY', text: '{{1}} kommt heute' }]
  const refused = await desk.asked('POST', '', {
    ...definition,
    parameterFormat: 'POSITIONAL',
    components,
  })
  expect([refused.status, refused.body.error]).toMatchObject([
    502,
    { code: 'whatsapp', details: { code: 100, details: expect.stringContaining('start or end') } },
  ])
})

test('the list comes page by page, each template once', async () => {
  await using desk = await aDesk()
  await desk.log.write(async (tx) => {
    tx.put({ entity: 'number', row: aNumber() })
    for (const name of ['a_b', 'aa', 'b', 'a_b_c']) {
      const row = aTemplate({ name, metaId: name, accountId: desk.accountId })
      tx.put({ entity: 'template', row })
    }
  })
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await desk.asked('GET', `?limit=2${cursor}`)
    seen.push(...(body.items as { name: string }[]).map(({ name }) => name))
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
  } while (cursor !== '')
  expect(new Set(seen)).toEqual(new Set(['a_b', 'a_b_c', 'aa', 'b', 'hello_world']))
  expect(seen).toHaveLength(5)
})

test('who may only reply reads them and changes none', async () => {
  await using desk = await aDesk()
  const { token } = await desk.person('agent')
  expect((await desk.ask('GET', '/api/v1/templates', { token })).status).toBe(200)
  const refused = await desk.ask('POST', '/api/v1/templates', { token, body: definition })
  expect(refused.body.error.code).toBe('forbidden')
})
