import type { Interactive, InteractiveHeader } from '../../../core/domain/interactive.ts'
import { t } from '../../ui/i18n.svelte.ts'
import type { Tap } from '../../ui/tap.ts'

/** What of it can be tapped at once; a list opens first (`listOf`). */
export function tapsOf(interactive: Interactive): Tap[] {
  switch (interactive.type) {
    case 'button':
      return interactive.action.buttons.map(({ reply }) => ({ label: reply.title, kind: 'reply' }))
    case 'cta_url': {
      const { display_text: label, url: target } = interactive.action.parameters
      return [{ label, kind: 'link', target }]
    }
    case 'flow':
      return [{ label: interactive.action.parameters.flow_cta, kind: 'form' }]
    case 'location_request_message':
      return [{ label: t('thread.sendLocation'), kind: 'place' }]
    case 'contact_request':
      return [{ label: t('thread.shareNumber'), kind: 'phone' }]
    case 'catalog_message':
      return [{ label: t('thread.catalog'), kind: 'link' }]
    default:
      return []
  }
}

type Sections = Extract<Interactive, { type: 'list' }>['action']['sections']

/** The list behind its button, or nothing when it is something else. */
export function listOf(interactive: Interactive): { label: string; sections: Sections } | null {
  if (interactive.type !== 'list') return null
  return { label: interactive.action.button, sections: interactive.action.sections }
}

/** The firm's own numbers of the products it shows. */
export function productsOf(interactive: Interactive): string[] {
  if (interactive.type === 'product') return [interactive.action.product_retailer_id]
  if (interactive.type !== 'product_list') return []
  return interactive.action.sections.flatMap(({ product_items }) =>
    product_items.map(({ product_retailer_id }) => product_retailer_id),
  )
}

export function headerText(header: InteractiveHeader | undefined): string | undefined {
  return header?.type === 'text' ? header.text : undefined
}
