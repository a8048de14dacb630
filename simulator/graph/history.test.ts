import { expect, test } from 'vitest'
import { aDesk } from '../testing/desk.ts'

test('what became of a message can be read, page by page, and never what was in it', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.person({ name: 'Ada', phone: '+4915123456789', reads: true })
  const sent = await desk.text('+4915123456789', 'Geheim')
  const wamid = String(sent.body.messages[0].id)
  await desk.control('/clock', { advanceMs: 60_000 })

  const found = await desk.graph(`/v25.0/${desk.numberId}/message_history?message_id=${wamid}`)
  const [history] = found.body.data as { id: string; message_id: string }[]
  expect(history).toMatchObject({ message_id: wamid })
  const events = await desk.graph(`/v25.0/${history!.id}/events`)
  expect(JSON.stringify(events.body)).not.toContain('Geheim')
  expect(events.body.data).toMatchObject(
    ['ACCEPTED', 'SENT', 'DELIVERED', 'READ'].map((delivery_status) => ({
      node: { delivery_status, occurrence_timestamp: expect.any(Number) as number },
    })),
  )
  expect(heardOf(events.body)).toEqual([undefined, 'SUCCESS', 'SUCCESS', 'SUCCESS'])
  const first = await desk.graph(`/${history!.id}/events?limit=3`)
  const next = String(first.body.paging.next).slice(desk.url.length)
  expect((await desk.graph(next)).body.data).toMatchObject([{ node: { delivery_status: 'READ' } }])
  const some = await desk.graph(
    `/${history!.id}/events?delivery_status=SENT&fields=delivery_status`,
  )
  expect(some.body.data).toMatchObject([{ node: { delivery_status: 'SENT' } }])
  expect(some.body.data[0].node).not.toHaveProperty('application')
})

/** Whether our server took the webhook of each event. */
function heardOf({ data }: { data: { node: { webhook_update_state?: string } }[] }) {
  return data.map(({ node }) => node.webhook_update_state)
}

test('a server that is down shows in the history until it has taken the webhook, in batches too', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.control('/settings', { batching: { atMost: 100, withinMs: 50, atOnce: 1 } }, 'PATCH')
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const sent = await desk.text('+4915123456789', 'Guten Tag')
  const wamid = String(sent.body.messages[0].id)
  desk.sink.answer = 500
  await desk.control('/clock', { advanceMs: 1000 })
  const found = await desk.graph(`/${desk.numberId}/message_history?message_id=${wamid}`)
  const events = async () => (await desk.graph(`/${found.body.data[0].id}/events`)).body
  expect(heardOf(await events())).toEqual([undefined, 'ERROR', 'ERROR'])
  desk.sink.answer = 200
  await desk.control('/clock', { advanceMs: 60_000 })
  expect(heardOf(await events())).toEqual([undefined, 'SUCCESS', 'SUCCESS'])
})

test('why a message failed stands in its history; of others’ messages there is none', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const sent = await desk.text('+4915199999999', 'Ist da jemand?')
  const wamid = String(sent.body.messages[0].id)
  await desk.control('/clock', { advanceMs: 60_000 })
  const find = async (id: string, numberId = desk.numberId) =>
    (await desk.graph(`/${numberId}/message_history?message_id=${id}`)).body.data as {
      id: string
    }[]
  const [history] = await find(wamid)
  expect(
    (await desk.graph(`/${history!.id}/events?delivery_status=ERROR`)).body.data,
  ).toMatchObject([{ node: { error_description: expect.stringContaining('WhatsApp') as string } }])
  expect(await find(wamid, desk.account.numbers[1]!.id)).toEqual([])
  expect(await find('wamid.nothing')).toEqual([])
})
