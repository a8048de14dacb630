import { present } from '../../json.ts'
import type { Profile } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { checkProduct, listOf, optionalText, type Call } from '../call.ts'
import { badParameter, invalid } from '../errors.ts'
import { parseFields } from '../fields.ts'

/** @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles */
const limits = { about: 139, address: 256, description: 512, email: 128 } as const
const verticals =
  'OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS'.split(
    ' ',
  )
const mostPictureBytes = 5 * 1024 * 1024
const possible = [...Object.keys(limits), 'profile_picture_url', 'websites', 'vertical']

export function showProfile({ node, values }: Call<'number'>) {
  const asked = optionalText(values, 'fields')
  const names = asked === undefined || asked === '' ? ['vertical'] : [...parseFields(asked).keys()]
  const unknown = names.find((name) => !possible.includes(name) && name !== 'messaging_product')
  if (unknown !== undefined) throw badParameter('fields', `names no field of a profile: ${unknown}`)
  const profile: Record<string, unknown> = { ...node.number.profile }
  const shown = Object.fromEntries(names.map((name) => [name, profile[name]]))
  return { data: [{ ...present(shown), messaging_product: 'whatsapp' }] }
}

/** What is left out stays; an empty text clears, except of `about`. */
export function changeProfile({ world, node, values }: Call<'number'>) {
  checkProduct(values)
  const changes: Profile = {}
  for (const [name, limit] of Object.entries(limits) as [keyof typeof limits, number][]) {
    const text = optionalText(values, name)
    if (text === undefined) continue
    if (text.length > limit) throw invalid(name, `must be at most ${limit} characters long`)
    if (name === 'about' && text === '') throw invalid(name, 'must not be empty')
    if (name === 'email' && text !== '' && !/^\S+@\S+\.\S+$/.test(text)) {
      throw invalid(name, 'is not an e-mail address')
    }
    changes[name] = text
  }
  const vertical = optionalText(values, 'vertical')
  if (vertical !== undefined) {
    if (vertical !== '' && !verticals.includes(vertical)) throw invalid('vertical', 'is unknown')
    changes.vertical = vertical
  }
  if (values.websites !== undefined) changes.websites = websitesOf(listOf(values, 'websites'))
  const handle = optionalText(values, 'profile_picture_handle')
  if (handle !== undefined) changes.profile_picture_url = pictureOf(world, handle)
  Object.assign(node.number.profile, changes)
  return { success: true }
}

/** The address a picture has once it was uploaded in steps and is named by its handle. */
function pictureOf(world: World, handle: string): string {
  const file = world.uploads.withHandle(handle)
  const isPicture = file && ['image/jpeg', 'image/png'].includes(file.mimeType)
  if (!isPicture || file.bytes.length > mostPictureBytes) {
    throw invalid('profile_picture_handle', 'is no handle of a JPEG or PNG of at most 5 MB')
  }
  return `${world.url}${world.publicFiles.put(file)}`
}

function websitesOf(websites: unknown[]): string[] {
  const addresses = websites.filter((one) => typeof one === 'string' && one !== '') as string[] // just checked
  if (addresses.length > 2) throw invalid('websites', 'may hold two addresses')
  const isBad = (one: string) => one.length > 256 || !/^https?:\/\/\S+$/.test(one)
  if (addresses.some(isBad)) {
    throw invalid('websites', 'must hold http(s) addresses of at most 256 characters')
  }
  return addresses
}
