/** A text from one of `contacts` people, as WhatsApp posts it. */
export function textWebhook(index: number, contacts: number): Buffer {
  const person = index % contacts
  const phone = `49151${String(20_000_000 + person)}`
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '494030068810', phone_number_id: '106000000000001' },
    contacts: [
      { profile: { name: `Kontakt ${person}` }, wa_id: phone, user_id: `DE.${900_000 + person}` },
    ],
    messages: [
      {
        from: phone,
        from_user_id: `DE.${900_000 + person}`,
        id: `wamid.BENCH${String(index).padStart(12, '0')}`,
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: 'text',
        text: {
          body: `Guten Tag, meine Bestellung 4711-${index} ist noch nicht da. Können Sie bitte nachsehen?`,
        },
      },
    ],
  }
  const body = {
    object: 'whatsapp_business_account',
    entry: [{ id: '102000000000001', changes: [{ field: 'messages', value }] }],
  }
  return Buffer.from(JSON.stringify(body))
}
