import type { TemplateOffer } from '../../core/contract/views.ts'
import type { Template, TemplateButtonDefinition } from '../../core/domain/template.ts'
import { formatDate, formatTime } from '../ui/format.ts'
import { language, t } from '../ui/i18n.svelte.ts'
import type { Tap } from '../ui/tap.ts'
import type { Field } from './fields.ts'
import type { FieldFlaw } from './filling.svelte.ts'

export function categoryName(category: string): string {
  if (category === 'MARKETING') return t('templates.marketing')
  if (category === 'AUTHENTICATION') return t('templates.authentication')
  return category === 'UTILITY' ? t('templates.utility') : category
}

export function qualityName(quality: string): string {
  if (quality === 'GREEN') return t('templates.qualityHigh')
  if (quality === 'YELLOW') return t('templates.qualityMedium')
  return quality === 'RED' ? t('templates.qualityLow') : t('templates.qualityNone')
}

/** `Deutsch`, `Englisch (USA)`, in the language in use. */
export function languageName(code: string): string {
  try {
    const names = new Intl.DisplayNames([language()], { type: 'language', fallback: 'code' })
    return names.of(code.replace('_', '-')) ?? code
  } catch {
    return code
  }
}

/** Why it cannot go to this contact; empty when it can. */
export function reasonOf({ template, reason }: TemplateOffer): string {
  if (reason === null) return ''
  if (reason === 'paused' && template.pausedUntilMs !== undefined) {
    const until = `${formatDate(template.pausedUntilMs)}, ${formatTime(template.pausedUntilMs)}`
    return t('templates.reason-paused-until', { until })
  }
  return t(`templates.reason-${reason}`)
}

export function fieldLabel(field: Field): string {
  switch (field.kind) {
    case 'placeholder':
      return field.isNumbered
        ? t('templates.placeholder', { number: field.name })
        : field.name.replaceAll('_', ' ')
    case 'passcode':
      return t('templates.passcode')
    case 'file':
      return t(`templates.file-${field.takes}`)
    case 'location':
      return t('templates.location')
    case 'address-end':
      return t('templates.addressEnd', { label: field.label })
    case 'coupon':
      return t('templates.coupon')
  }
}

export function flawText(field: Field, flaw: FieldFlaw | undefined): string | undefined {
  switch (flaw) {
    case undefined:
    case 'uploading':
      return undefined
    case 'missing':
      return field.kind === 'location' ? t('templates.placeMissing') : t('templates.missing')
    case 'too-long':
      return t('templates.tooLong')
    case 'malformed':
      if (field.kind === 'file') return t('templates.wrongFile')
      return field.kind === 'address-end' ? t('templates.noSpaces') : t('templates.noLineBreaks')
    default:
      return t(`errors.${flaw}`)
  }
}

const kinds: Readonly<Record<string, NonNullable<Tap['kind']>>> = {
  QUICK_REPLY: 'reply',
  URL: 'link',
  PHONE_NUMBER: 'phone',
  COPY_CODE: 'code',
  OTP: 'code',
  FLOW: 'form',
}

/** A template's buttons as the contact sees them. */
export function tapsOf(buttons: readonly TemplateButtonDefinition[]): Tap[] {
  return buttons.map(({ type, text, url, phone }) => {
    const kind = kinds[type]
    const target = url ?? phone
    return {
      label: text ?? type,
      ...(kind === undefined ? {} : { kind }),
      ...(target === undefined ? {} : { target }),
    }
  })
}

/** Everything a template can be found by. */
export function searchText({ name, body, header, footer }: Template): string {
  return fold([name.replaceAll('_', ' '), name, header?.text, body, footer].join('\n'))
}

/** Small letters without umlauts and accents, so that any way of typing finds a word. */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '')
}
