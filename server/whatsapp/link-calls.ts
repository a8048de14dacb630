/** What we ask of WhatsApp about a number's short links. Their QR codes we draw ourselves. Facts 8.5. */
import Type, { type Static, type TSchema } from 'typebox'
import type { ShortLink } from '../../core/domain/short-link.ts'
import type { GraphRequest } from './graph.ts'
import { nextOf, Paging } from './paging.ts'

const Node = Type.Object({
  code: Type.String(),
  prefilled_message: Type.String(),
  deep_link_url: Type.String(),
})
const Page = Type.Object({ data: Type.Array(Node), paging: Type.Optional(Paging) })
const Success = Type.Object({ success: Type.Literal(true) })
const fields = 'code,prefilled_message,deep_link_url'
const pageSize = '200'

type Read = <S extends TSchema>(schema: S, request: GraphRequest) => Promise<Static<S>>

/** @param read asks once; @throws AppError `whatsapp`, `unavailable` */
export function linkCalls(read: Read) {
  return {
    async listLinks(numberId: string): Promise<ShortLink[]> {
      const links: ShortLink[] = []
      let after: string | undefined
      do {
        const query = { fields, limit: pageSize, ...(after === undefined ? {} : { after }) }
        const page = await read(Page, { method: 'GET', path: `${numberId}/message_qrdls`, query })
        links.push(...page.data.map(linkOf))
        after = nextOf(page.paging)
      } while (after !== undefined)
      return links
    },

    async createLink(numberId: string, text: string): Promise<ShortLink> {
      const json = { prefilled_message: text }
      return linkOf(await read(Node, { method: 'POST', path: `${numberId}/message_qrdls`, json }))
    },

    async changeLink(numberId: string, code: string, text: string): Promise<ShortLink> {
      const json = { code, prefilled_message: text }
      return linkOf(await read(Node, { method: 'POST', path: `${numberId}/message_qrdls`, json }))
    },

    async deleteLink(numberId: string, code: string): Promise<void> {
      await read(Success, { method: 'DELETE', path: `${numberId}/message_qrdls/${code}` })
    },
  }
}

function linkOf({ code, prefilled_message, deep_link_url }: Static<typeof Node>): ShortLink {
  return { code, text: prefilled_message, url: deep_link_url }
}
