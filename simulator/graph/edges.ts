/** What can be asked of what. A new endpoint is one line here and one function beside it. */
import type { World } from '../world/world.ts'
import { showAccount, showBusiness } from './account.ts'
import type { Call, Node } from './call.ts'
import { unknownPath, unsupportedRequest } from './errors.ts'
import { deleteMedia, showMedia, uploadMedia } from './media.ts'
import { postMessage } from './messages.ts'
import { changeNumber } from './number-change.ts'
import { listNumbers, showNumber } from './numbers.ts'
import { changeProfile, showProfile } from './profile.ts'
import { listSubscribedApps, subscribe, unsubscribe } from './subscribed-apps.ts'
import { createTemplate } from './templates/create.ts'
import { deleteTemplates } from './templates/delete.ts'
import { editTemplate } from './templates/edit.ts'
import { listTemplates, showTemplate } from './templates/show.ts'

type Method = 'GET' | 'POST' | 'DELETE'
type Handler<K extends Node['kind']> = (call: Call<K>) => unknown
type Edges = {
  [K in Node['kind']]: Record<string, Partial<Record<Method, Handler<K>>>>
}

/** By kind of node and edge; the empty edge is the node itself. */
const edges: Edges = {
  number: {
    '': { GET: showNumber, POST: changeNumber },
    messages: { POST: postMessage },
    media: { POST: uploadMedia },
    whatsapp_business_profile: { GET: showProfile, POST: changeProfile },
  },
  account: {
    '': { GET: showAccount },
    phone_numbers: { GET: listNumbers },
    message_templates: { GET: listTemplates, POST: createTemplate, DELETE: deleteTemplates },
    subscribed_apps: { GET: listSubscribedApps, POST: subscribe, DELETE: unsubscribe },
  },
  business: { '': { GET: showBusiness } },
  app: {},
  media: { '': { GET: showMedia, DELETE: deleteMedia } },
  template: { '': { GET: showTemplate, POST: editTemplate } },
}

/** The work of one call, ready to be done. */
export function callOf(
  world: World,
  method: string,
  id: string,
  edge: string,
  rest: Omit<Call, 'world' | 'node'>,
): () => unknown {
  const node = nodeOf(world, id)
  if (!node) throw unsupportedRequest(method, id)
  const methods = edges[node.kind][edge]
  if (!methods) throw unknownPath(`/${edge}`)
  const handler = methods[method as Method] as Handler<Node['kind']> | undefined // the node's own kind picked it
  if (!handler) throw unsupportedRequest(method, id)
  return () => handler({ world, node, ...rest })
}

function nodeOf(world: World, id: string): Node | undefined {
  const { account } = world
  const number = world.numbers.get(id)
  if (number) return { kind: 'number', number }
  if (id === account.accountId) return { kind: 'account', account }
  if (id === account.businessId) return { kind: 'business', account }
  if (id === account.appId) return { kind: 'app', account }
  const template = world.templates.get(id)
  if (template) return { kind: 'template', template }
  const media = world.media.get(id, world.clock.nowMs())
  return media && { kind: 'media', media }
}
