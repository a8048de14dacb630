import Type from 'typebox'
import { expect, test } from 'vitest'
import { Body } from '../mutators/body.ts'
import { firstFault } from './fault.ts'

const buttons = (title: string, more: object = {}) => ({
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'Passt das?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'ja', title } }] },
    ...more,
  },
})

test.each([
  [{ type: 'text', text: '  ' }, '/text'],
  [{ type: 'text' }, '/text'],
  [{ type: 'text', text: 'x'.repeat(4097) }, '/text'],
  [{ type: 'nonsense' }, '/type'],
  [{}, '/type'],
  [buttons('x'.repeat(21)), '/interactive/action/buttons/0/reply/title'],
  [buttons('Ja', { footer: { text: 'x'.repeat(61) } }), '/interactive/footer/text'],
  [
    buttons('Ja', { header: { type: 'image', image: { link: 'ftp://x' } } }),
    '/interactive/header/image/link',
  ],
  [buttons('Ja', { header: { type: 'gif' } }), '/interactive/header/type'],
  [buttons('Ja', { extra: 1 }), '/interactive/extra'],
  [{ type: 'location', location: { latitude: 91, longitude: 0 } }, '/location/latitude'],
  [{ type: 'contacts', cards: [] }, '/cards'],
  [{ type: 'contacts', cards: [{ name: { formatted_name: 'Ada' } }] }, '/cards/0/name'],
])('%j is wrong at %s', (body, at) => {
  expect(firstFault(Body, body)).toMatchObject({ at, reason: expect.any(String) as string })
})

test('what is allowed has no fault', () => {
  expect(firstFault(Body, buttons('Ja'))).toBeUndefined()
})

test('what cannot be told apart is named as a whole', () => {
  const either = Type.Union([Type.String(), Type.Object({ a: Type.String() })])
  expect(firstFault(Type.Object({ x: either }), { x: 5 })).toMatchObject({ at: '/x' })
})
