import type { Conversation } from '../../../core/domain/conversation.ts'
import type { Change } from '../../../core/domain/entities.ts'
import type { Message } from '../../../core/domain/message.ts'
import { readMarkId, type Contact, type User } from '../../../core/domain/people.ts'
import {
  aContact,
  aConversation,
  aDraft,
  after,
  aLabel,
  aMessage,
  anId,
  aNumber,
  aReply,
  aTeam,
  aUser,
} from '../../../core/testing/examples.ts'
import { someTemplates } from '../templates.ts'
import { crowd } from './crowd.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

type Story = {
  contact: Contact
  messages: Message[]
  with?: Partial<Conversation>
  unread?: number
  draft?: string
  /** What another machine of the person's wrote there. */
  otherDraft?: string
}

/** A service firm on a Monday morning: two numbers, three teams, ten conversations worth looking at. */
export function exampleRows(nowMs: number, more: number): { me: User; changes: Change[] } {
  const teams = ['Lieferung', 'Rechnung', 'Technik'].map((name) => aTeam({ name }))
  const [delivery, invoices, repairs] = teams.map((team) => team.id)
  const labels = [
    aLabel({ name: 'Lieferung', tone: 'petrol' }),
    aLabel({ name: 'Stammkundschaft', tone: 'violet' }),
    aLabel({ name: 'Reklamation', tone: 'brick' }),
    aLabel({ name: 'Ersatzteil', tone: 'ochre' }),
    aLabel({ name: 'Rückruf', tone: 'moss' }),
  ]
  const [shipping, regular, complaint, spares] = labels.map((label) => label.id)
  const numbers = [
    aNumber(),
    aNumber({ displayPhone: '+49 40 3006 8820', name: 'Nordwerk Technik' }),
  ]
  const [main, technical] = numbers.map((number) => number.id)
  const me = aUser({ teamIds: [delivery!] })
  const cem = aUser({ name: 'Cem Yıldız', email: 'cem@nordwerk.example' })
  const ayse = aUser({ name: 'Ayşe Demir', email: 'ayse@nordwerk.example', role: 'supervisor' })
  const users = [me, cem, ayse, aUser({ name: 'Magdalena Lorenz', role: 'administrator' })]
  const by = (user: User) => ({ kind: 'agent' as const, id: user.id, name: user.name })
  const at = (ago: number) => ({ sentAtMs: nowMs - ago, receivedAtMs: nowMs - ago + 900 })
  const says = (name: string, ago: number, text: string, rest: Partial<Message> = {}) =>
    aMessage({ text, author: { kind: 'contact', name }, ...at(ago), ...rest })
  const replies = (user: User, ago: number, text: string, rest: Partial<Message> = {}) =>
    aReply({ text, author: by(user), status: 'read', ...at(ago), ...rest })
  const note = (user: User, ago: number, text: string) =>
    aReply({ direction: 'note', type: 'note', status: 'saved', text, author: by(user), ...at(ago) })
  const event = (user: User, ago: number) =>
    aReply({
      direction: 'system',
      type: 'activity',
      status: 'saved',
      author: by(user),
      activity: { kind: 'conversation-assigned', to: user.name, toUserId: user.id },
      ...at(ago),
    })
  const photo = (id: string) => ({
    type: 'image' as const,
    media: { id, mime: 'image/png', width: 640, height: 420, sizeBytes: 48_211, state: 'ready' },
  })

  const doerte = 'Dörte Müller-Lüdenscheidt'
  const question = replies(
    me,
    39 * hourMs + 39 * minuteMs,
    'Guten Tag Frau Müller-Lüdenscheidt, ich sehe das gerade nach. Stimmt die Lieferadresse „Große Bleichen 12“ noch?',
  )
  const stories: Story[] = [
    {
      contact: aContact(),
      with: {
        assigneeId: me.id,
        teamId: delivery!,
        numberId: main!,
        labels: [shipping!, regular!],
      },
      messages: [
        says(
          doerte,
          39 * hourMs + 42 * minuteMs,
          'Guten Tag, meine Bestellung 4711-0183 sollte gestern kommen. In der Sendungsverfolgung steht seit Donnerstag nichts Neues.',
        ),
        says(doerte, 39 * hourMs + 42 * minuteMs, 'Können Sie bitte nachsehen?'),
        event(me, 39 * hourMs + 40 * minuteMs),
        question,
        says(doerte, 43 * minuteMs, 'Ja, die stimmt. Anbei die Bestätigung von damals.', {
          replyTo: { messageId: question.id },
        }),
        says(doerte, 43 * minuteMs, '', {
          type: 'document',
          media: {
            id: anId(),
            mime: 'application/pdf',
            fileName: 'Bestellbestaetigung.pdf',
            sizeBytes: 214_000,
            state: 'ready',
          },
        }),
        note(
          cem,
          32 * minuteMs,
          'Depot Altona hat das Paket gefunden, geht heute Nachmittag raus. @Anna bitte neuen Zustelltermin nennen.',
        ),
        replies(
          me,
          29 * minuteMs,
          'Ihr Paket wurde im Depot gefunden und kommt *heute zwischen 15 und 18 Uhr* bei Ihnen an.',
          { status: 'delivered' },
        ),
      ],
    },
    {
      contact: aContact({ name: 'Mehmet Öztürk', phone: '+4915123456701' }),
      with: { assigneeId: me.id, teamId: repairs!, numberId: technical!, labels: [spares!] },
      unread: 2,
      messages: [
        says('Mehmet Öztürk', 5 * minuteMs, 'Guten Morgen, das Teil ist da.'),
        says(
          'Mehmet Öztürk',
          4 * minuteMs,
          'Das Ersatzteil passt leider nicht. Die Bohrung ist zu weit links.',
        ),
      ],
    },
    {
      contact: aContact({ name: 'Katarzyna Nowak', phone: '+4915123456702' }),
      with: { assigneeId: me.id, teamId: delivery!, numberId: main! },
      unread: 1,
      messages: [says('Katarzyna Nowak', 18 * minuteMs, '', photo(anId()) as Partial<Message>)],
    },
    {
      contact: { id: anId(), username: 'lena.hh', userId: 'DE.99', createdAtMs: nowMs },
      with: { assigneeId: me.id, numberId: main! },
      messages: [
        says(
          'lena.hh',
          35 * minuteMs,
          'Hallo, gilt die Garantie auch für das Display? Ich habe die Rechnung noch.',
        ),
      ],
    },
    {
      contact: aContact({ name: 'Jürgen Fischer', phone: '+4915123456703' }),
      with: { assigneeId: me.id, teamId: invoices!, numberId: main! },
      messages: [
        says('Jürgen Fischer', 2 * hourMs, 'Ich brauche die Rechnung noch einmal.'),
        replies(me, 86 * minuteMs, 'Die Rechnung finden Sie im Anhang. Einen schönen Tag!'),
      ],
    },
    {
      contact: aContact({ name: 'Petra Becker', phone: '+4915123456704' }),
      with: { assigneeId: me.id, numberId: main! },
      draft: 'Gern können wir den Termin auf Mittwoch verschieben.',
      otherDraft:
        'Der Techniker ist am Donnerstag wieder in Ihrer Nähe, passt es Ihnen da zwischen acht und zehn?',
      messages: [
        says('Petra Becker', 20 * hourMs + 30 * minuteMs, 'Ich kann am Dienstag doch nicht.'),
        replies(ayse, 20 * hourMs, 'Danke, wir melden uns.'),
      ],
    },
    {
      contact: aContact({
        name: 'Hannelore Schwarzenberger-Wittgenstein',
        phone: '+4915123456705',
      }),
      with: { assigneeId: me.id, teamId: invoices!, numberId: technical!, labels: [complaint!] },
      messages: [
        says('Hannelore', 23 * hourMs + 36 * minuteMs, 'Das ist nun schon die dritte Mahnung!'),
        replies(cem, 23 * hourMs, 'Wir prüfen die Buchung und melden uns heute noch.', {
          status: 'sent',
        }),
      ],
    },
    {
      contact: aContact({ name: 'Oğuz Aydın', phone: '+4915123456706' }),
      with: { assigneeId: me.id, numberId: main! },
      messages: [
        says('Oğuz Aydın', 50 * hourMs, 'Wann öffnet die Filiale am Samstag?'),
        replies(me, 47 * hourMs, 'Von 10 bis 16 Uhr.', { status: 'failed' }),
      ],
    },
    {
      contact: aContact({ name: 'Firma Petersen & Söhne', phone: '+4915123456707' }),
      with: { teamId: repairs!, numberId: technical! },
      unread: 3,
      messages: [says('Petersen', 52 * minuteMs, 'Die Anlage steht. Bitte um Rückruf.')],
    },
    {
      contact: aContact({ name: 'Sophie Klein', phone: '+4915123456708' }),
      with: { teamId: delivery!, numberId: main! },
      unread: 1,
      messages: [
        says('Sophie Klein', 9 * minuteMs, 'Kann ich das Paket an die Nachbarn geben lassen?'),
      ],
    },
  ]
  stories.push(...crowd(more, nowMs, main!))

  const changes: Change[] = [
    ...users.map((row): Change => ({ entity: 'user', row })),
    ...teams.map((row): Change => ({ entity: 'team', row })),
    ...labels.map((row): Change => ({ entity: 'label', row })),
    ...numbers.map((row): Change => ({ entity: 'number', row })),
    ...someTemplates().map((row): Change => ({ entity: 'template', row })),
  ]
  for (const story of stories) {
    const conversation = tell(story, me, changes)
    const { draft, otherDraft } = story
    if (draft === undefined) continue
    const row = aDraft(me, conversation, { text: draft, writtenAtMs: nowMs })
    const earlier = aDraft(me, conversation, {
      text: otherDraft ?? '',
      writtenAtMs: nowMs - 8 * minuteMs,
    })
    const other = otherDraft === undefined ? null : earlier.shown
    changes.push({ entity: 'draft', row: { ...row, other } })
  }
  return { me, changes }
}

function tell(story: Story, me: User, changes: Change[]): Conversation {
  const begun = aConversation({ contactId: story.contact.id, ...story.with })
  const conversation = after(begun, ...story.messages)
  changes.push(
    { entity: 'contact', row: story.contact },
    { entity: 'conversation', row: conversation },
  )
  story.messages.forEach((message, index) => {
    const { id: conversationId, numberId } = conversation
    const row = { ...message, conversationId, numberId, ord: index + 1 }
    changes.push({ entity: 'message', row })
  })
  const inbound = conversation.inboundCount - (story.unread ?? 0)
  const id = readMarkId(me.id, conversation.id)
  const row = { id, userId: me.id, conversationId: conversation.id, inbound }
  changes.push({ entity: 'read', row })
  return conversation
}
