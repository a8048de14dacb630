import { WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import { WhatsAppAPI } from 'whatsapp-api-js/middleware/node-http'
import { aDesk, type Desk } from '../../../simulator/testing/desk.ts'
import { makeTemplates } from './drafts.ts'

export const phone = '4915123456789'
export const link = 'https://cdn.example/a.jpg'

/** Knows no other address than Meta's, so the `fetch` it is given leads to the desk instead. */
export function whatsAppApiJsOf({ account, url }: Desk): WhatsAppAPI {
  return new WhatsAppAPI({
    token: account.token,
    appSecret: account.appSecret,
    webhookVerifyToken: account.verifyToken,
    v: 'v24.0',
    ponyfill: {
      fetch(address: URL | RequestInfo, options?: RequestInit) {
        const wanted = address instanceof Request ? address.url : address.toString()
        return fetch(wanted.replace('https://graph.facebook.com', url), options)
      },
    },
  })
}

/** Takes the desk's address as its base. */
export function kapsoOf({ account, url }: Desk): WhatsAppClient {
  return new WhatsAppClient({ accessToken: account.token, baseUrl: url, graphVersion: 'v23.0' })
}

/** A desk on which every kind of message can be sent to Ada, who has just written. */
export async function aReadyDesk() {
  const desk = await aDesk()
  const ada = await desk.person({ name: 'Ada', phone: `+${phone}`, reads: true })
  await makeTemplates(desk)
  await desk.graph(`/${desk.numberId}/settings`, { calling: { status: 'ENABLED' } })
  const arrived = async (wamid: string) => {
    const { body } = await desk.control(`/customers/${ada.id}/messages`)
    return (body.items as { wamid: string; type: string }[]).find((one) => one.wamid === wamid)
  }
  return { desk, ada, arrived }
}
