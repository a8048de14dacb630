import { expect, test } from 'vitest'
import type { ThreadPage } from '../../core/contract/views.ts'
import type { Message } from '../../core/domain/message.ts'
import { loopback } from '../../core/testing/loopback.ts'
import Conversation from '../Conversation.svelte'
import { aMedia, aThreadPage } from '../testing/every-kind.ts'
import { show } from '../testing/show.ts'
import { hostileTexts } from '../testing/hostile.ts'

/** All that a thread with text and documents is made of. */
const allowed = new Set(
  'a article aside b blockquote button code dd details div dl dt em fieldset figcaption figure h2 h3 header input label legend li meter ol p path s section small span strong summary svg textarea time ul'
    .toUpperCase()
    .split(' '),
)

/** The whole conversation, and that nothing in it is more than it may be. */
async function look(page: ThreadPage): Promise<void> {
  const { wire } = loopback({
    'thread.page': () => page,
    'draft.get': () => null,
    'outbox.refusals': () => [],
  })
  const props = {
    conversationId: page.conversation.id,
    isPanelOpen: true,
    onPanelToggle: () => undefined,
    onClose: () => undefined,
  }
  const { container, unmount } = show(Conversation, props, wire)
  const articles = () => container.querySelectorAll('article').length
  await expect.poll(articles, { timeout: 10_000 }).toBe(page.messages.length)

  const strange = [...container.querySelectorAll('*')].filter(({ tagName, attributes }) => {
    const hasHandler = [...attributes].some((attribute) => attribute.name.startsWith('on'))
    return !allowed.has(tagName.toUpperCase()) || hasHandler
  })
  expect(strange.map((element) => element.outerHTML.slice(0, 80))).toEqual([])
  for (const link of container.querySelectorAll('a')) {
    expect(link.getAttribute('href')).toMatch(/^(https?:\/\/|mailto:|tel:)/i)
    expect(link.getAttribute('href')).toBe(link.textContent)
    expect(link.rel).toContain('noopener')
  }
  expect('owned' in window).toBe(false)
  for (const message of page.messages) {
    if (message.type !== 'document') continue
    expect(container.textContent).toContain(message.media?.fileName)
  }
  unmount()
}

const saying = (text: string): Partial<Message>[] => [
  { direction: 'in', text, previousTexts: [text], editedAtMs: 1 },
  {
    direction: 'in',
    type: 'document',
    text: '',
    media: aMedia({ fileName: text, mime: text }),
  },
  {
    direction: 'note',
    type: 'note',
    text,
    author: { kind: 'agent', name: text },
  },
  {
    direction: 'in',
    type: 'unsupported',
    text: '',
    raw: { type: text, unsupported: { type: text } },
  },
  {
    direction: 'in',
    type: 'contacts',
    text: '',
    cards: [{ name: { formatted_name: text }, phones: [{ phone: text }], urls: [{ url: text }] }],
  },
  {
    direction: 'in',
    type: 'interactive',
    text,
    choice: { kind: text, description: text, response: JSON.stringify({ [text]: text }) },
  },
]

test('hostile messages and file names are text: no element, handler or address comes of them', async () => {
  await look(aThreadPage(hostileTexts.flatMap(saying)))
}, 30_000)

test('hostile names of contacts, colleagues and numbers are text too', async () => {
  for (const name of hostileTexts.slice(0, 8)) {
    const contact = { name, username: name, phone: name, userId: name, language: name }
    await look(aThreadPage(saying(name), { contact, number: { name, displayPhone: name } }))
  }
}, 30_000)
