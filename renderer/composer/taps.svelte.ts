import { flawOf, type Interactive } from '../../core/domain/interactive.ts'

export type TapKind = 'buttons' | 'list' | 'link' | 'location' | 'number'
export const tapKinds: readonly TapKind[] = ['buttons', 'list', 'link', 'location', 'number']

/** WhatsApp's limits in characters. @see facts 2.4 */
export const most = {
  body: 1024,
  footer: 60,
  button: 20,
  listButton: 20,
  row: 24,
  description: 72,
  url: 2000,
} as const
export const mostButtons = 3
export const mostRows = 10

type Row = { title: string; description: string }

/** A message with something to tap, as a person puts it together. */
export class TapDraft {
  kind = $state<TapKind>('buttons')
  body = $state('')
  footer = $state('')
  buttons = $state<string[]>(['', ''])
  listButton = $state('')
  rows = $state<Row[]>([
    { title: '', description: '' },
    { title: '', description: '' },
  ])
  linkLabel = $state('')
  url = $state('')

  constructor(kind: TapKind) {
    this.kind = kind
  }

  /** What is still wrong, by the text that says so; null when it can go. */
  get obstacle(): 'body' | 'entry' | 'repeated' | 'label' | 'url' | null {
    if (this.body.trim() === '') return 'body'
    if (this.kind === 'buttons' && filled(this.buttons).length === 0) return 'entry'
    if (this.kind === 'list') {
      if (this.listButton.trim() === '') return 'label'
      if (this.#rows().length === 0) return 'entry'
    }
    if (this.kind === 'link') {
      if (this.linkLabel.trim() === '') return 'label'
      if (!/^https?:\/\/\S+\.\S+$/.test(this.url.trim())) return 'url'
    }
    return flawOf(this.interactive) === undefined ? null : 'repeated'
  }

  /** As WhatsApp takes it. What a contact taps comes back under its own title. */
  get interactive(): Interactive {
    const body = { text: this.body.trim() }
    const footer = this.footer.trim() === '' ? {} : { footer: { text: this.footer.trim() } }
    switch (this.kind) {
      case 'buttons':
        return {
          type: 'button',
          body,
          ...footer,
          action: {
            buttons: filled(this.buttons).map((title) => ({
              type: 'reply',
              reply: { id: title, title },
            })),
          },
        }
      case 'list':
        return {
          type: 'list',
          body,
          ...footer,
          action: { button: this.listButton.trim(), sections: [{ rows: this.#rows() }] },
        }
      case 'link':
        return {
          type: 'cta_url',
          body,
          ...footer,
          action: {
            name: 'cta_url',
            parameters: { display_text: this.linkLabel.trim(), url: this.url.trim() },
          },
        }
      case 'location':
        return { type: 'location_request_message', body, action: { name: 'send_location' } }
      case 'number':
        return { type: 'contact_request', body, action: { name: 'request_contact_info' } }
    }
  }

  #rows() {
    return this.rows
      .filter(({ title }) => title.trim() !== '')
      .map(({ title, description }) => ({
        id: title.trim(),
        title: title.trim(),
        ...(description.trim() === '' ? {} : { description: description.trim() }),
      }))
  }
}

function filled(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter((text) => text !== '')
}
