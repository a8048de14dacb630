import { objectAt, textAt, type JsonObject } from '../../../json.ts'
import type { Template } from '../../../world/template.ts'
import { GraphError } from '../../errors.ts'
import { checkMediaIn, type Sending } from '../media.ts'
import { checkTexts } from './texts.ts'

/** What a header of each format is sent with. */
export function checkHeader(
  format: Template['parameter_format'],
  header: JsonObject | undefined,
  parameters: JsonObject[],
  sending: Sending,
): void {
  const wanted = textAt(header, 'format') ?? 'NONE'
  if (wanted === 'TEXT' || wanted === 'NONE') {
    return checkTexts('header', format, textAt(header, 'text') ?? '', parameters, 60)
  }
  const kind = wanted === 'GIF' ? 'video' : wanted.toLowerCase()
  const [parameter] = parameters
  const received = textAt(parameter, 'type')?.toLowerCase() ?? 'unknown'
  if (parameters.length !== 1 || (received !== kind && received !== wanted.toLowerCase())) {
    throw new GraphError(
      132012,
      `header: Format mismatch, expected ${wanted}, received ${received.toUpperCase()}`,
    )
  }
  checkContent(received, objectAt(parameter, received), sending)
}

function checkContent(kind: string, content: JsonObject, sending: Sending): void {
  const missing = (name: string) => new GraphError(132012, `header: ${kind} has no ${name}`)
  if (kind === 'location') {
    for (const name of ['latitude', 'longitude', 'name', 'address']) {
      if (content[name] === undefined) throw missing(name)
    }
    return
  }
  if (kind === 'product') {
    for (const name of ['catalog_id', 'product_retailer_id']) {
      if (textAt(content, name) === undefined) throw missing(name)
    }
    return
  }
  if (content.id === undefined && content.link === undefined) throw missing('id or link')
  checkMediaIn(`header.${kind}`, content, sending)
}
