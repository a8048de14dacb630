/** What can be asked of what. A new endpoint is one line here and one function beside it. */
import type { World } from '../world/world.ts'
import { assignUser, listAssignedUsers, removeUser } from './account/assigned-users.ts'
import { listClientAccounts, listOwnedAccounts, showBusiness } from './account/business.ts'
import { changeAccount } from './account/change.ts'
import { showAccount } from './account/show.ts'
import { listSubscribedApps, subscribe, unsubscribe } from './account/subscribed-apps.ts'
import { listSubscriptions, subscribeApp, unsubscribeApp } from './account/subscriptions.ts'
import { templateAnalytics } from './analytics/templates.ts'
import type { Call, Node } from './call.ts'
import { unknownPath, unsupportedRequest } from './errors.ts'
import { findHistory, listEvents, showHistory } from './history.ts'
import { deleteMedia, showMedia, uploadMedia } from './media.ts'
import { postMarketingMessage, postMessage } from './messages.ts'
import { syncApp } from './number/app-sync.ts'
import { changeAutomation } from './number/automation.ts'
import { block, listBlocked, unblock } from './number/block.ts'
import { changeNumber } from './number/change.ts'
import { requestCode, verifyCode } from './number/code.ts'
import { forgetContact } from './number/contact-book.ts'
import { createNumber } from './number/create.ts'
import { deleteLink, listLinks, postLink, showLink } from './number/links.ts'
import { requestOfficial, showOfficial } from './number/official.ts'
import { changeProfile, showProfile } from './number/profile.ts'
import { deregister, register } from './number/register.ts'
import { changeSettings, showSettings } from './number/settings.ts'
import { listNumbers, showNumber } from './number/show.ts'
import { controlThread } from './number/thread-control.ts'
import {
  chooseUsername,
  deleteUsername,
  showUsername,
  suggestUsernames,
} from './number/username.ts'
import { compareTemplates } from './templates/compare.ts'
import { createTemplate } from './templates/create.ts'
import { deleteTemplates } from './templates/delete.ts'
import { editTemplate } from './templates/edit.ts'
import { unpause } from './templates/pause.ts'
import { previewTemplates } from './templates/previews.ts'
import { listTemplates, showTemplate, showTemplateOf } from './templates/show.ts'
import { beginUpload, continueUpload, showUpload } from './uploads.ts'

type Method = 'GET' | 'POST' | 'DELETE'
type Handler<K extends Node['kind']> = (call: Call<K>) => unknown
type Edges = {
  [K in Node['kind']]: Record<string, Partial<Record<Method, Handler<K>>>>
}

/** By kind of node and edge; the empty edge is the node itself, `edge/*` one item of it. */
const edges: Edges = {
  number: {
    '': { GET: showNumber, POST: changeNumber },
    messages: { POST: postMessage },
    marketing_messages: { POST: postMarketingMessage },
    message_history: { GET: findHistory },
    media: { POST: uploadMedia },
    whatsapp_business_profile: { GET: showProfile, POST: changeProfile },
    request_code: { POST: requestCode },
    verify_code: { POST: verifyCode },
    register: { POST: register },
    deregister: { POST: deregister },
    settings: { GET: showSettings, POST: changeSettings },
    block_users: { GET: listBlocked, POST: block, DELETE: unblock },
    message_qrdls: { GET: listLinks, POST: postLink, DELETE: deleteLink },
    'message_qrdls/*': { GET: showLink, POST: postLink, DELETE: deleteLink },
    conversational_automation: { POST: changeAutomation },
    official_business_account: { GET: showOfficial, POST: requestOfficial },
    username: { GET: showUsername, POST: chooseUsername, DELETE: deleteUsername },
    username_suggestions: { GET: suggestUsernames },
    contact_book: { DELETE: forgetContact },
    thread_control: { POST: controlThread },
    smb_app_data: { POST: syncApp },
  },
  account: {
    '': { GET: showAccount, POST: changeAccount },
    phone_numbers: { GET: listNumbers, POST: createNumber },
    message_templates: { GET: listTemplates, POST: createTemplate, DELETE: deleteTemplates },
    'message_templates/*': { GET: showTemplateOf },
    message_template_previews: { GET: previewTemplates },
    template_analytics: { GET: templateAnalytics },
    subscribed_apps: { GET: listSubscribedApps, POST: subscribe, DELETE: unsubscribe },
    assigned_users: { GET: listAssignedUsers, POST: assignUser, DELETE: removeUser },
  },
  business: {
    '': { GET: showBusiness },
    owned_whatsapp_business_accounts: { GET: listOwnedAccounts },
    client_whatsapp_business_accounts: { GET: listClientAccounts },
  },
  app: {
    uploads: { POST: beginUpload },
    subscriptions: { GET: listSubscriptions, POST: subscribeApp, DELETE: unsubscribeApp },
  },
  media: { '': { GET: showMedia, DELETE: deleteMedia } },
  template: {
    '': { GET: showTemplate, POST: editTemplate },
    unpause: { POST: unpause },
    compare: { GET: compareTemplates },
  },
  upload: { '': { GET: showUpload, POST: continueUpload } },
  history: { '': { GET: showHistory }, events: { GET: listEvents } },
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
  const methods = edges[node.kind][rest.item === undefined ? edge : `${edge}/*`]
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
  const upload = world.uploads.get(id)
  if (upload) return { kind: 'upload', upload }
  const history = world.histories.get(id)
  if (history) return { kind: 'history', history }
  const media = world.media.get(id, world.clock.nowMs())
  return media && { kind: 'media', media }
}
