import type { Api } from '../../core/contract/client.ts'
import type { Flaw } from '../../core/domain/flaw.ts'
import type { TemplateUse, TemplateValues } from '../../core/domain/message.ts'
import type { Template } from '../../core/domain/template.ts'
import { flawOfValues } from '../../core/domain/template-flaws.ts'
import { useTemplate } from '../../core/domain/template-use.ts'
import { AppError, type ErrorCode } from '../../core/lib/errors.ts'
import { givenBefore, groupsOf, placeOf, valuesOf, type Field, type Given } from './fields.ts'

/** What is wrong with a field, for the words under it. */
export type FieldFlaw = 'missing' | 'malformed' | 'too-long' | 'uploading' | ErrorCode

/** One template as a person fills it in. */
export class Filling {
  readonly template: Template
  readonly groups: ReturnType<typeof groupsOf>
  texts = $state<Record<string, string>>({})
  files = $state.raw<Given['files']>({})
  /** A file on its way to the server, or why it did not get there. */
  uploads = $state.raw<Readonly<Record<string, 'uploading' | ErrorCode>>>({})
  /** Sending was wanted: what is missing is said from then on. */
  isTried = $state(false)
  readonly values: TemplateValues = $derived(valuesOf(this.#template(), this.#given()))
  readonly #flaw: Flaw | undefined = $derived(flawOfValues(this.#template(), this.values))
  /** What the contact will see; what is not filled in yet stays visible. */
  readonly shown: { text: string; template: TemplateUse } = $derived(
    useTemplate(this.#template(), valuesOf(this.#template(), this.#given(), true)),
  )
  readonly isReady: boolean = $derived(this.#flaw === undefined && !this.#isUploading())
  readonly #api: Api

  constructor(api: Api, template: Template, before?: TemplateUse) {
    this.#api = api
    this.template = template
    this.groups = groupsOf(template)
    if (before !== undefined) {
      const given = givenBefore(before, template.format)
      this.texts = { ...given.texts }
      this.files = given.files
    }
  }

  /** What is wrong with a field as it stands; `missing` only once somebody wanted to send. */
  flawOf(field: Field): FieldFlaw | undefined {
    const upload = this.uploads[field.key]
    if (upload !== undefined) return upload
    if (this.#isMissing(field)) return this.isTried ? 'missing' : undefined
    const { at = '', rule } = this.#flaw ?? {}
    if (this.#placeOf(at) !== field.key && !at.startsWith(`${field.key}/`)) return undefined
    return rule === 'too-long' || rule === 'missing' ? rule : 'malformed'
  }

  /** What is wrong with the whole, when no single field is to blame. */
  get isTooLong(): boolean {
    return this.#flaw?.rule === 'too-long' && this.#flaw.at.endsWith('params')
  }

  async upload(key: string, file: File): Promise<void> {
    this.uploads = { ...this.uploads, [key]: 'uploading' }
    try {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const fileName = file.name.slice(-240)
      const media = await this.#api.call('media.add', { bytes, mime: file.type, fileName })
      this.files = { ...this.files, [key]: media }
      this.uploads = without(this.uploads, key)
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal'
      this.files = without(this.files, key)
      this.uploads = { ...this.uploads, [key]: code }
    }
  }

  #template(): Template {
    return this.template
  }

  #given(): Given {
    return { texts: this.texts, files: this.files }
  }

  #isUploading(): boolean {
    return Object.values(this.uploads).includes('uploading')
  }

  #isMissing({ kind, key }: Field): boolean {
    if (kind === 'file') return this.files[key] === undefined
    if (kind === 'location') return placeOf(key, this.texts) === undefined
    return (this.texts[key] ?? '').trim() === ''
  }

  /** Flaws of buttons go by their place in what was given, fields by their index in the template. */
  #placeOf(at: string): string {
    const [, start = '', card, place] = /^((?:\/cards\/(\d+))?\/buttons)\/(\d+)/.exec(at) ?? []
    if (place === undefined) return at
    const { buttons } = card === undefined ? this.values : (this.values.cards?.[Number(card)] ?? {})
    return `${start}/${buttons?.[Number(place)]?.index ?? place}`
  }
}

function without<V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}
