/** Templates with everything a send can fill in, for the clients to send. */
import type { Desk } from '../../../simulator/testing/desk.ts'
import { approvedTemplate, uploadedHandle } from '../../../simulator/testing/templates.ts'

const text = 'Guten Tag {{1}}, Ihr Termin ist am {{2}} um 10 Uhr.'
const example = { body_text: [['Ada', 'Montag']] }

/** Names of templates, each made and approved by Graph itself. */
export async function makeTemplates(desk: Desk): Promise<void> {
  const header_handle = [await uploadedHandle(desk)]
  const image = { type: 'HEADER', format: 'IMAGE', example: { header_handle } }
  const link = {
    type: 'URL',
    text: 'Ansehen',
    url: 'https://nordwerk.example/{{1}}',
    example: ['https://nordwerk.example/a1'],
  }
  const reply = { type: 'QUICK_REPLY', text: 'Absagen' }
  const code = { type: 'COPY_CODE', example: 'NORD10' }
  const body = { type: 'BODY', text, example }

  await approvedTemplate(desk, {
    name: 'termin',
    components: [image, body, { type: 'BUTTONS', buttons: [link, reply] }],
  })
  await approvedTemplate(desk, {
    name: 'termin_mit_namen',
    parameter_format: 'NAMED',
    components: [
      {
        type: 'HEADER',
        format: 'TEXT',
        text: 'Für {{name}}',
        example: { header_text_named_params: [{ param_name: 'name', example: 'Ada' }] },
      },
      {
        type: 'BODY',
        text: 'Guten Tag {{name}}, Ihr Termin ist am {{tag}} um 10 Uhr.',
        example: { body_text_named_params: [{ param_name: 'name', example: 'Ada' }] },
      },
    ],
  })
  await approvedTemplate(desk, {
    name: 'treffpunkt',
    components: [
      { type: 'HEADER', format: 'LOCATION' },
      { type: 'BODY', text: 'Hier ist es.' },
    ],
  })
  await approvedTemplate(desk, {
    name: 'formular',
    components: [
      { type: 'BODY', text: 'Bitte ausfüllen.' },
      { type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Öffnen', flow_id: '77' }] },
    ],
  })
  await approvedTemplate(desk, {
    name: 'katalog',
    category: 'MARKETING',
    components: [
      { type: 'BODY', text: 'Unsere Pumpen.' },
      { type: 'BUTTONS', buttons: [{ type: 'CATALOG', text: 'Ansehen' }] },
    ],
  })
  await approvedTemplate(desk, {
    name: 'auswahl',
    category: 'MARKETING',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Auswahl' },
      { type: 'BODY', text: 'Unsere Pumpen.' },
      { type: 'BUTTONS', buttons: [{ type: 'MPM', text: 'Ansehen' }] },
    ],
  })
  await approvedTemplate(desk, {
    name: 'angebot',
    category: 'MARKETING',
    components: [
      image,
      {
        type: 'LIMITED_TIME_OFFER',
        limited_time_offer: { text: 'Nur heute', has_expiration: true },
      },
      { type: 'BODY', text: 'Zehn Prozent auf alle Pumpen.' },
      { type: 'BUTTONS', buttons: [code, link] },
    ],
  })
  const card = {
    components: [
      image,
      { type: 'BODY', text: 'Pumpe {{1}} ist wieder da.', example: { body_text: [['P1']] } },
      { type: 'BUTTONS', buttons: [reply, link] },
    ],
  }
  await approvedTemplate(desk, {
    name: 'karussell',
    category: 'MARKETING',
    components: [body, { type: 'CAROUSEL', cards: [card, structuredClone(card)] }],
  })
  await approvedTemplate(desk, {
    name: 'code',
    category: 'AUTHENTICATION',
    components: [
      { type: 'BODY', add_security_recommendation: true },
      { type: 'FOOTER', code_expiration_minutes: 5 },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
    ],
  })
}
