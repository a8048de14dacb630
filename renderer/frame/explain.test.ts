import { screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { createApi } from '../../core/contract/client.ts'
import type { Contact } from '../../core/domain/people.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { offerWriting } from '../bridge/writing.svelte.ts'
import { goTo } from '../bridge/route.svelte.ts'
import { aDesk } from '../testing/desk.ts'
import { aThreadPage } from '../testing/every-kind.ts'
import { presenceHandlers } from '../testing/presence.ts'
import { show } from '../testing/show.ts'
import CommandPalette from './CommandPalette.svelte'
import { explainThatItIsUs } from './explain.ts'

/** What is put into the reply for a contact who speaks this. */
async function explained(language: Contact['language']): Promise<string | undefined> {
  const page = aThreadPage([])
  const contact = language === undefined ? page.contact : { ...page.contact, language }
  const { wire } = loopback({
    ...presenceHandlers([page.number.id], 'ready'),
    'thread.page': () => ({ ...page, contact }),
  })
  const written: string[] = []
  await explainThatItIsUs(createApi(wire), page.conversation.id, (text) => written.push(text))
  return written[0]
}

test('the text comes in the contact’s language, else in the colleague’s', async () => {
  expect(await explained('en_GB')).toContain('Yes, this really is us')
  expect(await explained('de')).toContain('Ja, Sie schreiben wirklich mit uns')
  expect(await explained(undefined)).toContain('Ja, Sie schreiben wirklich mit uns')
})

test('the palette offers it while a reply can be written, and only then', async () => {
  const page = aThreadPage([])
  const handlers = { ...aDesk(), ...presenceHandlers([page.number.id], 'ready') }
  goTo({ conversationId: page.conversation.id })
  const stop = offerWriting(() => undefined)
  const open = () => show(CommandPalette, { onClose: () => undefined }, loopback(handlers).wire)
  const { unmount } = open()
  const named = { name: /Echtheit erklären/, hidden: true }
  expect(await screen.findByRole('option', named)).toBeTruthy()
  unmount()
  stop()
  open()
  await screen.findAllByRole('option', { hidden: true })
  expect(screen.queryByRole('option', named)).toBeNull()
})
