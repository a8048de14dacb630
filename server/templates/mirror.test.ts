import { expect, test } from 'vitest'
import type { Template } from '../../core/domain/template.ts'
import { must } from '../../core/lib/must.ts'
import { realPlatform, senderDesk, type SenderDesk } from '../testing/sender-desk.ts'
import { startTemplateMirror, type TemplateMirrorOptions } from './mirror.ts'

const soon = { timeout: 10_000, interval: 20 }
const body = { type: 'BODY', text: 'Guten Tag, die Lieferung kommt heute noch.' }

async function aMirror(
  given: Partial<TemplateMirrorOptions> = {},
  clock: 'real' | 'manual' = 'real',
) {
  const desk = await senderDesk({ latencyMs: { review: 1 }, clock })
  const { accountId } = desk.simulator.account
  const reports: unknown[] = []
  const mirror = startTemplateMirror({
    db: desk.db,
    log: desk.log,
    clock: realPlatform,
    client: () => desk.client(),
    accountId: () => accountId,
    report: (error) => reports.push(error),
    wakeMs: 10,
    pageMs: 1,
    ...given,
  })
  const rows = async () => {
    const found = await desk.db.selectFrom('template').select('data').orderBy('id').execute()
    return found.map(({ data }) => data)
  }
  const named = async (name: string, language = 'de'): Promise<Template | undefined> =>
    (await rows()).find((row) => row.name === name && row.language === language)
  return { desk, mirror, reports, rows, named, accountId, make: (name: string) => make(desk, name) }
}

async function make(desk: SenderDesk, name: string, language = 'de'): Promise<string> {
  const { accountId } = desk.simulator.account
  const definition = { name, language, category: 'UTILITY', components: [body] }
  return desk.client().createTemplate(accountId, definition)
}

test('templates are known as WhatsApp has them, and looking again writes nothing', async () => {
  const { desk, mirror, named } = await aMirror()
  await mirror.check()
  const head = () => desk.db.selectFrom('lane').select('head').executeTakeFirstOrThrow()
  const before = await head()
  await mirror.check()
  await mirror.stop()

  expect(await head()).toEqual(before)
  expect(await named('hello_world', 'en_US')).toMatchObject({
    accountId: desk.simulator.account.accountId,
    status: 'APPROVED',
    category: 'UTILITY',
    header: { format: 'TEXT', text: 'Hello World' },
    footer: 'WhatsApp Business Platform sample message',
  })
})

test('hundreds of templates come page by page', async () => {
  const { desk, mirror, rows, accountId } = await aMirror({}, 'manual')
  const client = desk.client()
  for (let count = 0; count < 120; count += 1) {
    // WhatsApp takes a hundred an hour.
    if (count === 90) await desk.control('/clock', { advanceMs: 2 * 3_600_000 })
    await make(desk, `vorlage_${count}`)
  }
  await mirror.check()
  await mirror.stop()
  expect(await rows()).toHaveLength(121)
  expect(await client.listTemplates(accountId)).toHaveLength(121)
})

test('a webhook’s word is followed by a look, once for many', async () => {
  const { mirror, named, make } = await aMirror()
  await mirror.check()
  await make('lieferung_heute')
  for (let times = 0; times < 20; times += 1) mirror.wake()
  await expect
    .poll(async () => (await named('lieferung_heute'))?.status, soon)
    .toMatch(/APPROVED|PENDING/)
  await mirror.stop()
})

test('what is gone at WhatsApp stays for its threads, and its name is free for another', async () => {
  // Not reviewed yet: the name of one that was approved would be blocked for a month.
  const { desk, mirror, rows, named, make, accountId } = await aMirror({}, 'manual')
  const first = await make('lieferung_heute')
  await mirror.look(accountId, 'lieferung_heute')
  const before = must(await named('lieferung_heute'), 'template')
  await desk.client().deleteTemplate(accountId, 'lieferung_heute')
  const second = await make('lieferung_heute')
  await mirror.look(accountId, 'lieferung_heute')
  await mirror.stop()

  const both = (await rows()).filter(({ name }) => name === 'lieferung_heute')
  expect(both.map(({ metaId, isGone }) => [metaId, isGone])).toEqual([
    [first, true],
    [second, undefined],
  ])
  expect(both[0]?.id).toBe(before.id)
})

test('looking at one name leaves the others alone', async () => {
  const { mirror, named, make, accountId } = await aMirror()
  await mirror.check()
  await make('lieferung_heute')
  await mirror.look(accountId, 'lieferung_heute')
  await mirror.stop()
  expect(await named('lieferung_heute')).toMatchObject({ body: body.text })
  expect(await named('hello_world', 'en_US')).not.toHaveProperty('isGone')
})

test('what only a webhook told is kept while it is true', async () => {
  const { desk, mirror, named, make, accountId } = await aMirror()
  await mirror.check()
  const metaId = await make('lieferung_heute')
  await mirror.look(accountId, 'lieferung_heute')
  await desk.control(`/templates/${metaId}`, { status: 'PAUSED' }, 'PATCH')
  const told = { pausedUntilMs: Date.now() + 3_600_000, coming: { category: 'MARKETING', atMs: 9 } }
  const put = (change: Partial<Template>) =>
    desk.log.write(async (tx) => {
      const id = must(await named('lieferung_heute'), 'template').id
      const row = must(await tx.get('template', id), 'template')
      tx.put({ entity: 'template', row: { ...row, ...change } })
    })
  await put({ status: 'PAUSED', ...told })
  await mirror.look(accountId, 'lieferung_heute')
  expect(await named('lieferung_heute')).toMatchObject({ status: 'PAUSED', ...told })

  await desk.control(`/templates/${metaId}`, { status: 'APPROVED' }, 'PATCH')
  await mirror.look(accountId, 'lieferung_heute')
  await mirror.stop()
  expect(await named('lieferung_heute')).toMatchObject({ status: 'APPROVED', coming: told.coming })
  expect(await named('lieferung_heute')).not.toHaveProperty('pausedUntilMs')
})

test('a webhook that came after the question is newer than its answer', async () => {
  const { desk, mirror, named } = await aMirror()
  await mirror.check()
  const row = must(await named('hello_world', 'en_US'), 'template')
  await desk.log.write(async (tx) => {
    await tx.get('template', row.id)
    const updatedAtMs = Date.now() + 60_000
    tx.put({ entity: 'template', row: { ...row, status: 'DISABLED', updatedAtMs } })
  })
  await mirror.check()
  await mirror.stop()
  expect(await named('hello_world', 'en_US')).toMatchObject({ status: 'DISABLED' })
})

test('while WhatsApp cannot be reached nothing is forgotten, and it is said once', async () => {
  const { desk, mirror, reports, named } = await aMirror({ retryMs: 10 })
  await mirror.check()
  await desk.fault({ kind: 'error', code: 2, path: 'message_templates' })
  await mirror.check()
  await mirror.check()
  expect(reports).toHaveLength(1)
  expect(await named('hello_world', 'en_US')).not.toHaveProperty('isGone')
  await mirror.stop()
})
