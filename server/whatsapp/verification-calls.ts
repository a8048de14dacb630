/** What we ask of WhatsApp about numbers and accounts, and what administrators have done there. Facts 7 and 8.2. */
import Type, { type Static, type TSchema } from 'typebox'
import type { Account } from '../../core/domain/account.ts'
import type { NumberDeed } from '../../core/domain/number-deed.ts'
import { AppError } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import {
  accountFields,
  businessFields,
  readAccountNode,
  readBusinessNode,
  readSubscription,
  readToken,
  type SeenAccount,
} from './account-node.ts'
import type { GraphRequest } from './graph.ts'
import { numberFields, readNumberNode, type SeenNumber } from './number-node.ts'
import { textAt } from './values.ts'

const Node = Type.Object({})
const Success = Type.Object({ success: Type.Literal(true) })

type Read = <S extends TSchema>(schema: S, request: GraphRequest) => Promise<Static<S>>

/** @param read asks once; @throws AppError `whatsapp`, `unavailable` */
export function verificationCalls(read: Read, token: string) {
  const node = (path: string, query: Record<string, string> = {}) =>
    read(Node, { method: 'GET', path, query })
  const post = (path: string, json: object) => read(Success, { method: 'POST', path, json })

  return {
    /** @param numberId Meta's id */
    async checkNumber(numberId: string): Promise<SeenNumber> {
      return readNumberNode(await node(numberId, { fields: numberFields }))
    },

    /** Where the number's messages are kept, when somebody chose a place. */
    async checkStorage(
      numberId: string,
    ): Promise<{ storageStatus: string | null; storageRegion: string | null }> {
      const settings = await node(`${numberId}/settings`)
      return {
        storageStatus: textAt(settings, 'storage_configuration', 'status') ?? null,
        storageRegion:
          textAt(settings, 'storage_configuration', 'data_localization_region') ?? null,
      }
    },

    async checkAccount(accountId: string): Promise<SeenAccount> {
      return readAccountNode(await node(accountId, { fields: accountFields }))
    },

    async checkBusiness(businessId: string): Promise<SeenAccount> {
      return readBusinessNode(await node(businessId, { fields: businessFields }))
    },

    /** What our own token is good for. */
    async checkToken(): Promise<NonNullable<Account['token']>> {
      const seen = readToken(await node('debug_token', { input_token: token }))
      if (seen === undefined) throw new AppError('unavailable', 'WhatsApp: no word of the token')
      return seen
    },

    async checkSubscription(
      accountId: string,
      appId: string | undefined,
    ): Promise<NonNullable<Account['subscription']>> {
      return readSubscription(await node(`${accountId}/subscribed_apps`), appId)
    },

    /** Does what an administrator asked for. @param numberId Meta's id */
    async doDeed(numberId: string, deed: NumberDeed): Promise<void> {
      const { path, json } = requestFor(deed)
      await post(path === '' ? numberId : `${numberId}/${path}`, json)
    },
  }
}

/** @see facts 7.3 to 7.5 */
function requestFor(deed: NumberDeed): { path: string; json: object } {
  const product = { messaging_product: 'whatsapp' }
  switch (deed.kind) {
    case 'request-name':
      return { path: '', json: { new_display_name: deed.name } }
    case 'set-pin':
      return { path: '', json: { pin: deed.pin } }
    case 'register': {
      const region = { data_localization_region: deed.region }
      return { path: 'register', json: { ...product, pin: deed.pin, ...present(region) } }
    }
    case 'deregister':
      return { path: 'deregister', json: product }
    case 'request-code':
      return {
        path: 'request_code',
        json: { code_method: deed.by.toUpperCase(), language: deed.language },
      }
    case 'verify-code':
      return { path: 'verify_code', json: { code: deed.code } }
    case 'request-official':
      return {
        path: 'official_business_account',
        json: {
          business_website_url: deed.website,
          primary_country_of_operation: deed.country,
          supporting_links: deed.links,
          ...present({
            primary_language: deed.language,
            parent_business_or_brand: deed.brand,
            additional_supporting_information: deed.more,
          }),
        },
      }
  }
}
