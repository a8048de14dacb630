/** What we ask of WhatsApp about an account's templates. Facts 4.3. */
import Type, { type Static, type TSchema } from 'typebox'
import Value from 'typebox/value'
import type { GraphRequest } from './graph.ts'
import { nextOf, Paging } from './paging.ts'
import { readTemplate, templateFields, TemplateNode, type SeenTemplate } from './template-node.ts'

const Page = Type.Object({
  data: Type.Array(Type.Unknown()),
  paging: Type.Optional(Paging),
})
const Made = Type.Object({ id: Type.String() })
const Success = Type.Object({ success: Type.Literal(true) })
/** Whole definitions come back, so a page is not small. */
const pageSize = '100'

type Read = <S extends TSchema>(schema: S, request: GraphRequest) => Promise<Static<S>>

/** @param read asks once; @throws AppError `whatsapp`, `unavailable` */
export function templateCalls(read: Read) {
  return {
    /**
     * The account's templates, or all languages of the one with this name.
     * @param pause waits between two pages: an account may have thousands, and its hour of calls is limited
     */
    async listTemplates(
      accountId: string,
      { name, pause }: { name?: string; pause?: () => Promise<void> } = {},
    ): Promise<SeenTemplate[]> {
      const path = `${accountId}/message_templates`
      const fixed = {
        fields: templateFields,
        limit: pageSize,
        ...(name === undefined ? {} : { name }),
      }
      const seen: SeenTemplate[] = []
      let after: string | undefined
      do {
        if (after !== undefined) await pause?.()
        const query = { ...fixed, ...(after === undefined ? {} : { after }) }
        const page = await read(Page, { method: 'GET', path, query })
        for (const node of page.data) {
          if (Value.Check(TemplateNode, node)) seen.push(readTemplate(node))
        }
        after = nextOf(page.paging)
      } while (after !== undefined)
      return seen
    },

    /** Submits a template for review. @returns its id at WhatsApp */
    async createTemplate(accountId: string, definition: object): Promise<string> {
      const path = `${accountId}/message_templates`
      return (await read(Made, { method: 'POST', path, json: definition })).id
    },

    /** In all its languages, or only the one with this id. */
    async deleteTemplate(accountId: string, name: string, metaId?: string): Promise<void> {
      const query = { name, ...(metaId === undefined ? {} : { hsm_id: metaId }) }
      await read(Success, { method: 'DELETE', path: `${accountId}/message_templates`, query })
    },
  }
}
