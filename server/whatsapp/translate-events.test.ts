import { expect, test } from 'vitest'
import {
  body,
  change,
  contact,
  doerte,
  message,
  ourNumber,
  status,
  text,
} from '../../tests/fixtures/bodies.ts'
import { parseBody } from './json.ts'
import { translate } from './translate.ts'

test('copies of what another app answers are messages, marked as copies', () => {
  const standby = {
    contacts: [contact(doerte)],
    messages: [message(doerte, text('Hallo'))],
    message_echoes: [
      {
        id: 'wamid.E',
        timestamp: '1795422240',
        message: {
          messaging_product: 'whatsapp',
          to: doerte.phone,
          type: 'interactive',
          interactive: { type: 'button', body: { text: 'Worum geht es?' }, action: {} },
          context: { message_id: 'wamid.Q' },
        },
      },
    ],
    statuses: [status('wamid.E', 'delivered', { recipient_id: doerte.phone })],
  }
  const parts = translate(body(change('standby', { standby })))
  expect(parts).toMatchObject([
    {
      path: 'entry.0.changes.0.standby.messages.0',
      happening: { kind: 'message-received', isStandby: true, who: { name: doerte.name } },
    },
    {
      happening: {
        kind: 'echo-sent',
        isStandby: true,
        wamid: 'wamid.E',
        who: { phone: '+494012340101', userId: doerte.userId },
        content: { type: 'interactive', text: 'Worum geht es?' },
        quote: 'wamid.Q',
      },
    },
    { happening: { kind: 'status-changed', wamid: 'wamid.E', status: 'delivered' } },
  ])
})

test.each([
  ['passed', { previous_owner_role: 'ai_agent', new_owner_role: 'customer_service' }, true],
  ['taken', { previous_owner_role: 'customer_service', new_owner_role: 'escalation' }, true],
  ['passed', { previous_owner_role: 'customer_service', new_owner_role: 'ai_agent' }, false],
  ['passed', {}, true],
  ['taken', {}, false],
])('control that was %s with the roles %j is ours: %s', (how, roles, isOurs) => {
  const value = {
    messaging_product: 'whatsapp',
    sender: { phone_number: doerte.phone },
    recipient: { phone_number_id: ourNumber.id, display_phone_number: ourNumber.phone },
    type: `control_${how}`,
    timestamp: '1795422240',
    [`control_${how}`]: roles,
  }
  expect(translate(body({ field: 'messaging_handovers', value }))).toMatchObject([
    {
      kind: 'control-changed',
      happening: {
        isOurs,
        on: { phoneNumberId: ourNumber.id },
        who: { phone: '+494012340101' },
        atMs: 1795422240_000,
      },
    },
  ])
})

test('a status says that a message was free because of an ad, and until when', () => {
  const free = {
    conversation: {
      id: 'c1',
      expiration_timestamp: '1795681440',
      origin: { type: 'referral_conversion' },
    },
  }
  const priced = {
    pricing: { billable: false, type: 'free_entry_point', category: 'referral_conversion' },
  }
  const translated = translate(
    body(
      change('messages', {
        statuses: [status('w1', 'sent', free), status('w2', 'sent', priced), status('w3', 'sent')],
      }),
    ),
  )
  expect(
    translated.map((part) => ('happening' in part ? part.happening : undefined)),
  ).toMatchObject([
    { freeEntry: { untilMs: 1795681440_000 } },
    { freeEntry: {} },
    { freeEntry: undefined },
  ])
})

test('the id of a template that no number can hold comes through whole', () => {
  const id = '16890000000000012345'
  const bytes = Buffer.from(
    JSON.stringify(
      body({
        field: 'message_template_status_update',
        value: { event: 'PAUSED', message_template_id: 'ID', message_template_name: 'x' },
      }),
    ).replace('"ID"', id),
  )
  const parsed = parseBody(bytes)
  expect(translate(parsed.ok ? parsed.value : undefined)).toMatchObject([
    { happening: { kind: 'template-changed', template: { metaId: id }, subject: { id } } },
  ])
})

test('what somebody writes in a group is noted with them, and is not a message to answer', () => {
  const inGroup = (content: object) => message(doerte, { ...content, group_id: 'Y2FwaV9n' })
  const reaction = { type: 'reaction', reaction: { message_id: 'w', emoji: '👍' } }
  const messages = [inGroup(text('Wann trifft ihr euch?')), inGroup(reaction)]
  expect(translate(body(change('messages', { messages })))).toMatchObject([
    {
      happening: {
        kind: 'system-notice',
        text: 'Wann trifft ihr euch?',
        who: { phone: '+494012340101' },
        raw: { group_id: 'Y2FwaV9n' },
      },
    },
    { ignored: 'group event, kept' },
  ])
})
