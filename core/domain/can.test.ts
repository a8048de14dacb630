import { expect, test } from 'vitest'
import { can, verbs } from './can.ts'

test('each role may do exactly this', () => {
  const matrix = verbs.map((verb) => {
    const may = (['agent', 'supervisor', 'administrator'] as const).filter((role) =>
      can(role, verb),
    )
    return `${verb}: ${may.join(' ')}`
  })
  expect(matrix).toEqual([
    'read-conversations: agent supervisor administrator',
    'reply: agent supervisor administrator',
    'write-notes: agent supervisor administrator',
    'assign: agent supervisor administrator',
    'resolve: agent supervisor administrator',
    'change-contacts: agent supervisor administrator',
    'add-media: agent supervisor administrator',
    'read-people: agent supervisor administrator',
    'read-numbers: agent supervisor administrator',
    'read-templates: agent supervisor administrator',
    'read-cost: supervisor administrator',
    'read-blocked: supervisor administrator',
    'read-ledger: supervisor administrator',
    'replay-ledger: administrator',
    'read-metrics: supervisor administrator',
    'manage-people: administrator',
    'manage-numbers: administrator',
    'manage-cost: administrator',
    'block-contacts: administrator',
    'manage-templates: administrator',
    'manage-labels: supervisor administrator',
    'manage-keys: administrator',
  ])
})
