import { expect, test } from 'vitest'
import { parseArea } from './areas.ts'
import { area, followRoute, goTo, goToNumber, hashOf, parseRoute, route } from './route.svelte.ts'

test('an address names a view and a conversation, and is written the same way', () => {
  const id = '019aae00-0000-7000-8000-000000000001'
  expect(parseRoute(`#/inbox/waiting/${id}`)).toEqual({
    view: { kind: 'waiting' },
    conversationId: id,
    messageId: null,
  })
  const team = {
    view: { kind: 'team' as const, teamId: id },
    conversationId: null,
    messageId: null,
  }
  expect(hashOf(team)).toBe(`#/inbox/team-${id}`)
  expect(parseRoute(hashOf(team))).toEqual(team)
})

test('an address that says nothing known is the own inbox', () => {
  for (const hash of ['', '#', '#/', '#/nowhere/x', '#/inbox/unheard-of']) {
    expect(parseRoute(hash)).toEqual({
      view: { kind: 'mine' },
      conversationId: null,
      messageId: null,
    })
  }
})

test('back leads to the view before', async () => {
  const stop = followRoute()
  goTo({ view: { kind: 'mine' }, conversationId: null })
  goTo({ view: { kind: 'open' } })
  expect(route().view).toEqual({ kind: 'open' })

  history.back()
  await expect.poll(() => route().view).toEqual({ kind: 'mine' })
  stop()
})

test('a message that is looked for stands in the address until one goes elsewhere', () => {
  const [conversationId, messageId] = ['c', 'm']
  goTo({ view: { kind: 'open' }, conversationId, messageId })
  expect(location.hash).toBe('#/inbox/open/c/m')
  expect(route()).toEqual({ view: { kind: 'open' }, conversationId, messageId })
  goTo({ conversationId: 'd' })
  expect(route()).toMatchObject({ conversationId: 'd', messageId: null })
  goTo({ conversationId: null })
  expect(location.hash).toBe('#/inbox/open')
})

test('an address names one of our numbers and what is shown of it', () => {
  expect(parseArea('#/verification')).toEqual({ name: 'verification', numberId: null, tab: null })
  expect(parseArea('#/verification/n')).toEqual({ name: 'verification', numberId: 'n', tab: null })
  expect(parseArea('#/verification/n/cost')).toMatchObject({ numberId: 'n', tab: 'cost' })
  expect(parseArea('#/deliveries')).toEqual({ name: 'deliveries' })
  for (const hash of ['', '#/inbox/open', '#/nowhere/n'])
    expect(parseArea(hash)).toEqual({ name: 'inbox' })
})

test('the inbox is found as it was left', () => {
  goTo({ view: { kind: 'open' }, conversationId: 'c' })
  goToNumber('n')
  expect(location.hash).toBe('#/verification/n')
  expect(area()).toMatchObject({ name: 'verification', numberId: 'n' })
  expect(route()).toMatchObject({ view: { kind: 'open' }, conversationId: 'c' })
  goTo({})
  expect(location.hash).toBe('#/inbox/open/c')
  expect(area()).toEqual({ name: 'inbox' })
})
