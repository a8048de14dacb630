import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makePdf } from '../../simulator/media/pdf.ts'
import { makePhoto, makeSticker } from '../../simulator/media/picture.ts'
import { createRandom } from '../../simulator/world/random.ts'
import type { Desk } from '../desk.ts'
import { root } from '../setup.mjs'
import { Doors } from './doors.ts'
import { words, type Language } from './words.ts'

/** A conversation in which we send everything a firm can send, answered where it can be. Answers whose it is. */
export async function playWhatWeSend(desk: Desk, language: Language): Promise<string> {
  const said = words[language]
  const doors = new Doors(desk, said.reader)
  const anna = desk.users.find(({ name }) => name === 'Anna Krüger')
  if (anna === undefined) throw new Error('bug: the demo firm has changed')
  await doors.signIn(anna)
  await doors.meet(
    { locale: said.locale, phone: language === 'de' ? '+49 171 39200772' : '+44 7700 900772' },
    { type: 'text', text: { body: said.ask } },
  )
  await doors.sends({ type: 'text', text: said.answer })
  await sendFiles(doors, language)
  await doors.sends({ type: 'location', latitude: 53.5386, longitude: 10.0519, ...said.ours })
  const { first_name, last_name, company } = said.ourCard
  const formatted_name = `${first_name} ${last_name}`
  await doors.sends({
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name, first_name, last_name },
        org: { company },
        phones: [{ phone: '+49 40 3006 8810' }],
      },
    ],
  })
  await sendTaps(doors, language)
  await sendTemplates(doors, language)
  await doors.sends({ type: 'note', text: said.note }, ['saved'])
  await doors.fails(131026, { type: 'text', text: said.refused })
  await doors.fails(131047, { type: 'text', text: said.closed })
  return said.reader
}

async function sendFiles(doors: Doors, language: Language): Promise<void> {
  const said = words[language]
  const random = createRandom(7)
  const sounds = join(root, 'simulator', 'scenarios', 'demo', 'sounds')
  const photo = await doors.uploads(bytesOf(await makePhoto(random)), 'image/jpeg', 'part.jpg')
  await doors.sends({ type: 'image', mediaId: photo, caption: said.caption })
  const voice = await readFile(join(sounds, 'voice.ogg'))
  const sound = await doors.uploads(bytesOf(voice), 'audio/ogg; codecs=opus', 'voice.ogg')
  await doors.sends({ type: 'audio', mediaId: sound, isVoice: true })
  const paper = await doors.uploads(bytesOf(makePdf([said.paper])), 'application/pdf', said.paper)
  await doors.sends({ type: 'document', mediaId: paper, fileName: said.paper })
  const sticker = await doors.uploads(bytesOf(await makeSticker(random)), 'image/webp', 's.webp')
  await doors.sends({ type: 'sticker', mediaId: sticker })
}

async function sendTaps(doors: Doors, language: Language): Promise<void> {
  const { buttons, list, link, whereTo, whichNumber, product } = words[language]
  const sends = (interactive: object) => doors.sends({ type: 'interactive', interactive })
  await sends({
    type: 'button',
    body: { text: buttons.body },
    action: {
      buttons: buttons.titles.map((title) => ({ type: 'reply', reply: { id: title, title } })),
    },
  })
  await doors.does('answer', { choice: 1 })
  const rows = list.rows.map((row) => ({ id: row.title, ...row }))
  await sends({
    type: 'list',
    body: { text: list.body },
    action: { button: list.button, sections: [{ rows }] },
  })
  await doors.does('answer', { choice: 0 })
  await sends({
    type: 'cta_url',
    body: { text: link.body },
    action: {
      name: 'cta_url',
      parameters: { display_text: link.label, url: 'https://nordwerk.example/a/118' },
    },
  })
  await sends({
    type: 'location_request_message',
    body: { text: whereTo },
    action: { name: 'send_location' },
  })
  await doors.does('answer')
  await sends({
    type: 'contact_request',
    body: { text: whichNumber },
    action: { name: 'request_contact_info' },
  })
  await sends({
    type: 'product',
    body: { text: product },
    action: { catalog_id: '5501', product_retailer_id: 'FILTER-12' },
  })
}

async function sendTemplates(doors: Doors, language: Language): Promise<void> {
  const { template, invoice, carousel, paper } = words[language]
  await doors.sends({ type: 'template', language, ...template })
  const file = await doors.uploads(bytesOf(makePdf([paper])), 'application/pdf', paper)
  const header = { type: 'document', mediaId: file, fileName: paper }
  await doors.sends({ type: 'template', language: 'de', ...invoice, header })
  const name = `zubehoer_${language}`
  const buttons = [{ type: 'QUICK_REPLY', text: carousel.button }]
  const photo = bytesOf(await makePhoto(createRandom(3)))
  const example = { header_handle: [await doors.exampleOf(photo, 'image/jpeg')] }
  await doors.submits({
    name,
    language,
    category: 'MARKETING',
    components: [
      { type: 'BODY', text: carousel.body },
      {
        type: 'CAROUSEL',
        cards: carousel.cards.map((text) => ({
          components: [
            { type: 'HEADER', format: 'IMAGE', example },
            { type: 'BODY', text },
            { type: 'BUTTONS', buttons },
          ],
        })),
      },
    ],
  })
  const mediaId = await doors.uploads(photo, 'image/jpeg', 'card.jpg')
  const card = { header: { type: 'image', mediaId } }
  await doors.sends({ type: 'template', name, language, cards: carousel.cards.map(() => card) })
}

/** On memory of its own, as a form takes it. */
function bytesOf(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer)
}
