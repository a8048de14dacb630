import type { Api } from '../../tools/desk/api.ts'

type Person = { id: string; userId: string }
type Account = { numbers: { id: string; displayPhone?: string }[] }

let count = 0

/** Two people write, and then WhatsApp says of one that they have the other's number. Answers the name of the first. */
export async function doubtWhoIs(control: Api, mark: string): Promise<string> {
  count += 1
  const phones = [`+49 171 392010${count}0`, `+49 171 392010${count}1`]
  const name = `Renate Kühn ${mark}`
  const people: Person[] = []
  for (const [index, phone] of phones.entries()) {
    const who = { name: index === 0 ? name : `R. Kühn ${mark}`, phone }
    const person = await control.post<Person>('/customers', who)
    people.push(person)
    await control.post(`/customers/${person.id}/messages`, { type: 'text', text: { body: 'Moin' } })
  }
  const { numbers } = await control.get<Account>('/account')
  const [first] = people
  const from = phones[1]!.replace(/\D/g, '')
  await control.post('/webhooks', {
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: numbers[0]!.id, display_phone_number: '4940' },
      contacts: [{ profile: { name }, wa_id: from, user_id: first!.userId }],
      messages: [
        {
          from,
          from_user_id: first!.userId,
          id: `wamid.doubt-${mark}-${count}`,
          timestamp: String(Math.floor(Date.now() / 1000)),
          type: 'text',
          text: { body: 'Ich bin es.' },
        },
      ],
    },
  })
  return name
}
