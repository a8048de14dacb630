import Type from 'typebox'
import type { Handlers } from '../contract/contract.ts'
import { byLabelName, Label, LabelUse } from '../domain/label.ts'
import { asking } from './asking.ts'
import type { ConsoleCore } from './console.ts'

type Labels = Pick<Handlers, Extract<keyof Handlers, `label.${string}`>>

const Listed = Type.Object({
  items: Type.Array(LabelUse),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})
const path = '/api/v1/labels'

/** Labelling is done here and now; which labels there are is the server's to change. */
export function labelHandlers(core: ConsoleCore): Labels {
  const { answer: ask, done } = asking(core.session)
  return {
    'label.add': async (args) => {
      await core.desk.perform('label.add', args)
      return null
    },
    'label.remove': async (args) => {
      await core.desk.perform('label.remove', args)
      return null
    },
    'label.list': async () => {
      const all: LabelUse[] = []
      let cursor: string | null | undefined
      while (cursor !== null) {
        const query: { limit: number; cursor: string | undefined } = { limit: 200, cursor }
        const { items, nextCursor } = await ask(Listed, { path, query })
        all.push(...items)
        cursor = nextCursor
      }
      return all.sort(byLabelName)
    },
    'label.create': async (body) => {
      const label = await ask(Label, { method: 'POST', path, body })
      await core.desk.arrival('label', label.id)
      return label
    },
    'label.change': ({ labelId, ...body }) =>
      ask(Label, { method: 'PATCH', path: `${path}/${labelId}`, body }),
    'label.delete': ({ labelId }) => done({ method: 'DELETE', path: `${path}/${labelId}` }),
  }
}
