/** Short links that open a chat with a message already written, and their QR codes. */
import { present } from '../../json.ts'
import { drawQr, type QrFormat } from '../../media/qr-picture.ts'
import type { ShortLink } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { optionalText, requiredText, type Call } from '../call.ts'
import { badParameter, GraphError, invalid, unsupportedRequest } from '../errors.ts'
import { parseFields } from '../fields.ts'
import { pageOf } from '../paging.ts'

const longestMessage = 140
const mostLinks = 2000

export async function listLinks({ world, node, values, address }: Call<'number'>) {
  const page = pageOf([...node.number.state.links.values()], values, address)
  return { ...page, data: await Promise.all(page.data.map((one) => show(world, one, values))) }
}

export async function showLink(call: Call<'number'>) {
  return { data: [await show(call.world, linkIn(call), call.values)] }
}

/** Makes a link, or changes the one whose code is given. */
export async function postLink(call: Call<'number'>) {
  if (call.item !== undefined || call.values.code !== undefined) return changeLink(call)
  const { world, node, values } = call
  const format = formatOf(optionalText(values, 'generate_qr_image'))
  const { links } = node.number.state
  if (links.size >= mostLinks) {
    throw new GraphError(100, `A number has ${mostLinks} short links at most.`)
  }
  const code = world.ids.key(14)
  const link = {
    code,
    prefilled_message: messageIn(call),
    deep_link_url: `https://wa.me/message/${code}`,
  }
  links.set(code, link)
  return format === undefined ? link : { ...link, qr_image_url: await picture(world, link, format) }
}

export function deleteLink(call: Call<'number'>) {
  call.node.number.state.links.delete(linkIn(call).code)
  return { success: true }
}

function changeLink(call: Call<'number'>) {
  const link = linkIn(call)
  link.prefilled_message = messageIn(call)
  return link
}

function messageIn({ values }: Call<'number'>): string {
  const message = requiredText(values, 'prefilled_message')
  if (message.length <= longestMessage) return message
  throw invalid('prefilled_message', `must be at most ${longestMessage} characters long`)
}

function linkIn({ node, values, item }: Call<'number'>): ShortLink {
  const code = item ?? optionalText(values, 'code') ?? ''
  const link = node.number.state.links.get(code)
  if (!link) throw unsupportedRequest('get', code)
  return link
}

/** The picture is only there for who asks for it, in the format they name. */
async function show(world: World, link: ShortLink, values: Call['values']) {
  const asked = parseFields(
    optionalText(values, 'fields') ?? 'code,prefilled_message,deep_link_url',
  )
  const shown: Record<string, unknown> = {}
  for (const [name, { given }] of asked) {
    if (name === 'qr_image_url') {
      shown[name] = await picture(world, link, formatOf(given.format) ?? 'SVG')
    } else if (name in link) {
      shown[name] = link[name as keyof ShortLink] // just looked
    } else {
      throw badParameter('fields', `names no field of a short link: ${name}`)
    }
  }
  return present(shown)
}

async function picture(world: World, link: ShortLink, format: QrFormat): Promise<string> {
  return `${world.url}${world.publicFiles.put(await drawQr(link.deep_link_url, format))}`
}

function formatOf(text: string | undefined): QrFormat | undefined {
  const format = text?.toUpperCase()
  if (format === undefined || format === 'SVG' || format === 'PNG') return format
  throw badParameter('generate_qr_image', 'must be SVG or PNG')
}
