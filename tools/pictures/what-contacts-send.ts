import type { Desk } from '../desk.ts'
import { Doors } from './doors.ts'
import { words, type Language } from './words.ts'

/** A conversation in which the contact does everything WhatsApp lets a contact do. Answers whose it is. */
export async function playWhatContactsSend(desk: Desk, language: Language): Promise<string> {
  const said = words[language]
  const doors = new Doors(desk, said.writer)
  const anna = desk.users.find(({ name }) => name === 'Anna Krüger')
  if (anna === undefined) throw new Error('bug: the demo firm has changed')
  await doors.signIn(anna)
  await doors.meet(
    { locale: said.locale, phone: language === 'de' ? '+49 171 39200771' : '+44 7700 900771' },
    {
      type: 'text',
      text: { body: said.formatted },
      referral: {
        source_url: 'https://fb.me/4kontor',
        source_id: '120210000000001',
        source_type: 'ad',
        ...said.ad,
        media_type: 'image',
        ctwa_clid: 'ARAkLkA8rmlFeiCktEJQ',
      },
    },
  )
  await doors.writes({ type: 'image', image: { caption: said.photo } })
  await doors.writes({ type: 'video', video: { caption: said.film } })
  await doors.writes({ type: 'audio', audio: {} })
  await doors.writes({ type: 'document', document: {} })
  await doors.writes({ type: 'sticker', sticker: {} })
  await doors.writes({
    type: 'location',
    location: { latitude: 53.55342, longitude: 9.99302, ...said.place },
  })
  await doors.writes({ type: 'contacts', contacts: [cardOf(said.card)] })
  await doors.writes({
    type: 'order',
    order: {
      catalog_id: '5501',
      text: said.order,
      product_items: [
        { product_retailer_id: 'FILTER-12', quantity: 2, item_price: 19, currency: 'EUR' },
        { product_retailer_id: '17-0092', quantity: 1, item_price: 89.5, currency: 'EUR' },
      ],
    },
  })
  await doors.writes({
    type: 'text',
    text: { body: said.forwarded },
    context: { forwarded: true },
  })
  await doors.writes({
    type: 'text',
    text: { body: said.quoting },
    context: { id: 'wamid.HBgLbefore', from: '493012345678' },
  })
  await editAndDelete(doors, language)
  await doors.writes({ type: 'unsupported', unsupported: { type: 'poll' } })
  const ours = await doors.sends({ type: 'text', text: said.reacted })
  await doors.writes({ type: 'reaction', reaction: { message_id: ours.wamid, emoji: '👍' } })
  await doors.does('call', { isTaken: false, seconds: 1 })
  await doors.does('call', { isTaken: true, seconds: 3 })
  await doors.waits(4_000)
  await doors.does('change-user-id')
  await doors.does('change-identity')
  await doors.does('handover', { to: 'another' })
  await doors.writes({ type: 'text', text: { body: said.copy } })
  await doors.does('handover', { to: 'us' })
  return said.writer
}

async function editAndDelete(doors: Doors, language: Language): Promise<void> {
  const said = words[language]
  const edited = await doors.writes({ type: 'text', text: { body: said.before } })
  await doors.writes({
    type: 'edit',
    edit: {
      original_message_id: edited,
      message: { type: 'text', text: { body: said.after } },
    },
  })
  const taken = await doors.writes({ type: 'text', text: { body: said.taken } })
  await doors.writes({ type: 'revoke', revoke: { original_message_id: taken } })
}

function cardOf({ name, company, title }: { name: string; company: string; title: string }) {
  const [first_name, last_name] = name.split(' ')
  return {
    name: { formatted_name: name, first_name, last_name },
    org: { company, title },
    phones: [{ phone: '+49 40 1234 0199' }, { phone: '+49 171 39200188', type: 'CELL' }],
    emails: [{ email: 'hello@peters.example' }],
  }
}
