import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { MessageId } from '../../core/domain/ids.ts'
import type { Interactive } from '../../core/domain/interactive.ts'
import { must } from '../../core/lib/must.ts'
import type { Body } from '../../core/mutators/body.ts'
import { startTemplateMirror } from '../templates/mirror.ts'
import { aFile } from '../testing/file.ts'
import { realPlatform, senderDesk, type Chat, type SenderDesk } from '../testing/sender-desk.ts'

const soon = { timeout: 10_000, interval: 20 }
const newId = <Id extends string>() => realPlatform.newId() as Id // made here, so it is of that kind

/** A desk whose sender really uploads: the simulator takes only files it has. */
async function aDesk() {
  const desk = await senderDesk({ latencyMs: { review: 1, sent: 1, delivered: 1, read: 1 } })
  const bytes = await readFile(new URL('../../resources/icon.png', import.meta.url))
  desk.sender({
    uploadMedia: (client, number) =>
      client.uploadMedia(number.phoneNumberId, {
        bytes: new Blob([bytes]),
        mime: 'image/png',
        fileName: 'icon.png',
      }),
  })
  return desk
}

/** What a template's definition shows to its reviewers, brought there the way Meta asks for. */
async function sampleHandle({ simulator: { url, account } }: SenderDesk): Promise<string> {
  const bytes = Buffer.from('a picture')
  const headers = { authorization: `OAuth ${account.token}`, file_offset: '0' }
  const ask = async (path: string, body: Uint8Array<ArrayBuffer> | null) =>
    (await fetch(`${url}/v25.0/${path}`, { method: 'POST', headers, body })).json()
  const query = `file_length=${bytes.length}&file_type=image/png&file_name=a.png`
  const { id } = (await ask(`${account.appId}/uploads?${query}`, null)) as { id: string }
  const { h } = (await ask(id, new Uint8Array(bytes))) as { h: string } // what a finished upload answers
  return h
}

async function send(desk: SenderDesk, chat: Chat, body: Body): Promise<MessageId> {
  const id = newId<MessageId>()
  const { conversationId } = chat
  await desk.act('message.send', { id, conversationId, body, basedOn: null, isAnyway: true })
  return id
}

test('every kind of message arrives on the person’s phone as it was meant', async () => {
  const desk = await aDesk()
  const chat = await desk.chat()
  const image = await aFile(desk, 'image/png')
  const card = { name: { formatted_name: 'Ada Beispiel', first_name: 'Ada' } }
  const tap = { buttons: [{ type: 'reply' as const, reply: { id: 'ja', title: 'Ja' } }] }
  const rows = [{ id: 'status', title: 'Status' }]
  const things: Interactive[] = [
    {
      type: 'button',
      header: { type: 'image', image: { id: image.id } },
      body: { text: 'Ja?' },
      action: tap,
    },
    {
      type: 'list',
      body: { text: 'Was?' },
      action: { button: 'Wählen', sections: [{ rows }] },
    },
    {
      type: 'cta_url',
      body: { text: 'Mehr' },
      action: {
        name: 'cta_url',
        parameters: { display_text: 'Ansehen', url: 'https://nordwerk.example' },
      },
    },
    {
      type: 'location_request_message',
      body: { text: 'Wo?' },
      action: { name: 'send_location' },
    },
    {
      type: 'contact_request',
      body: { text: 'Nummer?' },
      action: { name: 'request_contact_info' },
    },
    {
      type: 'flow',
      body: { text: 'Termin' },
      action: {
        name: 'flow',
        parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Wählen' },
      },
    },
    { type: 'product', action: { catalog_id: '1', product_retailer_id: 'SKU-1' } },
  ]
  const bodies: Body[] = [
    { type: 'text', text: 'https://nordwerk.example', hasPreview: false },
    { type: 'image', media: image, text: 'Beleg' },
    { type: 'location', location: { latitude: 53.55, longitude: 9.99, name: 'Lager' } },
    { type: 'contacts', cards: [card] },
    ...things.map((interactive): Body => ({ type: 'interactive', interactive })),
  ]
  for (const body of bodies) {
    const id = await send(desk, chat, body)
    await expect.poll(() => desk.status(id), soon).not.toMatch(/queued|sending/)
    expect((await desk.message(id)).error).toBeUndefined()
  }
  await expect.poll(async () => (await desk.arrived(chat)).length, soon).toBe(bodies.length)
  const arrived = await desk.arrived(chat)
  expect(arrived.map(({ type }) => type)).toEqual(bodies.map(({ type }) => type))
  expect(arrived[3]).toMatchObject({ contacts: [card] })
  expect(arrived[4]).toMatchObject({
    interactive: { header: { image: { id: expect.any(String) as string } }, action: tap },
  })
  expect(arrived[4]).not.toMatchObject({ interactive: { header: { image: { id: image.id } } } })
})

test('a template with all it can carry goes out as WhatsApp’s own definition asks', async () => {
  const desk = await aDesk()
  const { accountId } = desk.simulator.account
  await desk.log.write(async (tx) => {
    const number = must(await tx.get('number', desk.number.id), 'number')
    tx.put({ entity: 'number', row: { ...number, accountId } })
  })
  await desk.client().createTemplate(accountId, {
    name: 'sendung',
    language: 'de',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: [await sampleHandle(desk)] } },
      {
        type: 'BODY',
        text: 'Guten Tag {{name}}, Ihre Sendung {{nummer}} ist heute unterwegs zu Ihnen.',
        example: {
          body_text_named_params: [
            { param_name: 'name', example: 'Ada' },
            { param_name: 'nummer', example: '4711' },
          ],
        },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Danke' },
          {
            type: 'URL',
            text: 'Verfolgen',
            url: 'https://nordwerk.example/{{1}}',
            example: ['https://nordwerk.example/1'],
          },
          { type: 'COPY_CODE', text: 'Code', example: 'HERBST' },
        ],
      },
    ],
  })
  const mirror = startTemplateMirror({
    ...{ db: desk.db, log: desk.log, clock: realPlatform, client: () => desk.client() },
    ...{ accountId: () => accountId, report: (bug) => desk.bugs.push(bug) },
  })
  const template = async () => {
    await mirror.look(accountId, 'sendung')
    const rows = await desk.db.selectFrom('template').select('data').execute()
    return rows.find(({ data }) => data.name === 'sendung')?.data
  }
  await expect.poll(async () => (await template())?.status, soon).toBe('APPROVED')
  await mirror.stop()

  const chat = await desk.chat()
  const id = await send(desk, chat, {
    type: 'template',
    templateId: must(await template(), 'template').id,
    params: { name: 'Ada', nummer: '4711' },
    header: { type: 'image', media: await aFile(desk, 'image/png') },
    buttons: [
      { index: 0, value: 'DANKE' },
      { index: 1, value: '4711' },
      { index: 2, value: 'HERBST26' },
    ],
  })
  await expect.poll(() => desk.status(id), soon).toBe('accepted')
  const said = 'Guten Tag Ada, Ihre Sendung 4711 ist heute unterwegs zu Ihnen.'
  expect(await desk.message(id)).toMatchObject({ text: said })
  await expect.poll(async () => (await desk.arrived(chat)).length, soon).toBe(1)
})
