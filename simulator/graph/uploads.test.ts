import { expect, test } from 'vitest'
import { aDesk } from '../testing/desk.ts'

test('a file comes in pieces, goes on where it stopped, and gets a handle at the end', async () => {
  await using desk = await aDesk()
  const begin = (query: string) =>
    desk.graph(`/v25.0/${desk.account.appId}/uploads?${query}`, undefined, 'POST')
  expect((await begin('file_length=10&file_type=text/html')).body.error.code).toBe(131009)
  expect((await begin('file_type=image/png')).body.error.code).toBe(131008)
  const { id } = (await begin('file_length=10&file_type=image/png&file_name=a.png')).body as {
    id: string
  }
  expect(id).toMatch(/^upload:/)
  const piece = async (text: string, offset: number, type = 'image/png') => {
    const answer = await fetch(`${desk.url}/v25.0/${id}`, {
      method: 'POST',
      headers: {
        authorization: `OAuth ${desk.account.token}`,
        file_offset: String(offset),
        'content-type': type,
      },
      body: text,
    })
    return (await answer.json()) as { h?: string; error?: { code: number } }
  }
  expect(await piece('{"not', 0, 'application/json')).toMatchObject({ file_offset: 5 })
  expect((await desk.graph(`/${id}`)).body).toEqual({ id, file_offset: 5 })
  expect((await piece('wrong', 0)).error?.code).toBe(100)
  expect((await piece('too long for it', 5)).error?.code).toBe(100)
  expect((await piece(' JSON', 5)).h).toMatch(/^4::/)
})
