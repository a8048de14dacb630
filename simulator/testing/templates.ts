import { expect } from 'vitest'
import type { JsonObject } from '../json.ts'
import type { Desk } from './desk.ts'

/** A template of the account's that Meta has decided on already. @returns its id */
export async function approvedTemplate(desk: Desk, draft: JsonObject): Promise<string> {
  const path = `/v25.0/${desk.account.accountId}/message_templates`
  const { status, body } = await desk.graph(path, { language: 'de', category: 'UTILITY', ...draft })
  expect(status, JSON.stringify(body)).toBe(200)
  const id = String(body.id)
  await desk.control(`/templates/${id}`, { status: 'APPROVED' }, 'PATCH')
  return id
}

/** The handle of a file that came by a resumable upload: an example for a header, a profile picture. */
export async function uploadedHandle(
  desk: Desk,
  bytes: Uint8Array = Buffer.from('not looked at'),
  mimeType = 'image/png',
): Promise<string> {
  const query = `file_length=${bytes.length}&file_type=${mimeType}&file_name=a.png`
  const begun = await desk.graph(`/${desk.account.appId}/uploads?${query}`, undefined, 'POST')
  const answer = await fetch(`${desk.url}/v25.0/${begun.body.id}`, {
    method: 'POST',
    headers: { authorization: `OAuth ${desk.account.token}`, file_offset: '0' },
    body: new Uint8Array(bytes),
  })
  const { h } = (await answer.json()) as { h: string } // a finished upload answers nothing else
  return h
}
