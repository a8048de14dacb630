import type { Api } from '../../core/contract/client.ts'
import type { RefusalView } from '../../core/contract/views.ts'
import type { ConversationId } from '../../core/domain/ids.ts'
import { contactName } from '../../core/domain/people.ts'
import { attempt } from '../bridge/deeds.ts'
import { goTo } from '../bridge/route.svelte.ts'
import type { Shared } from '../bridge/shared.ts'
import { t } from '../ui/i18n.svelte.ts'
import { showToast, type Toast } from '../ui/toasts.svelte.ts'

/**
 * Says what the server would not do, each refusal once. Refused messages and notes are not its matter, nor is
 * whatever belongs to the open conversation: both are shown where they happened, until the person decides.
 */
export class RefusedDeeds {
  readonly #api: Api
  readonly #shared: Shared
  readonly #openId: () => string | null
  readonly #said = new Set<string>()

  constructor(api: Api, shared: Shared, openId: () => string | null) {
    this.#api = api
    this.#shared = shared
    this.#openId = openId
  }

  /** Keeps saying them until the returned function is called. */
  open(): () => void {
    void this.#look()
    return this.#api.on('outbox.changed', () => void this.#look())
  }

  async #look(): Promise<void> {
    try {
      const refusals = await this.#api.call('outbox.refusals', {})
      for (const refusal of refusals) {
        const isElsewhere = refusal.conversationId !== this.#openId()
        const isShownThere = refusal.message !== null && !refusal.isOutOfSight
        if (isShownThere || !isElsewhere || this.#said.has(refusal.muid)) continue
        this.#said.add(refusal.muid)
        showToast({ tone: 'bad', ...(await this.#words(refusal)) })
      }
    } catch {
      // The host keeps them; the next change asks again.
    }
  }

  async #words(refusal: RefusalView): Promise<{ text: string; action: Toast['action'] }> {
    const { muid, code, details, conversationId, isOutOfSight } = refusal
    const name = await this.#contact(isOutOfSight ? null : conversationId)
    const show = {
      label: t('inbox.show'),
      run: () => {
        goTo({ conversationId })
        if (isOutOfSight) return // there they decide
        void attempt(() => this.#api.call('outbox.discard', { muid }))
      },
    }
    if (isOutOfSight) return { text: `${name}: ${t('inbox.outOfSight')}`, action: show }
    if (code === 'conflict' && refusal.name === 'conversation.assign') {
      const who = this.#shared.user(details['assigneeId'] as string | null)?.name // as the mutator gives it; unknown ids find nobody
      const text =
        who === undefined
          ? t('inbox.conflictReleased', { name })
          : t('inbox.conflictTo', { name, who })
      const retry = () => void attempt(() => this.#api.call('outbox.retry', { muid }))
      return { text, action: { label: t('inbox.assignAnyway'), run: retry } }
    }
    if (code === 'new-activity') return { text: t('inbox.newActivity', { name }), action: show }
    const reason = t(`errors.${code}`)
    const text = `${name}: ${t('inbox.notDone', { reason })}`
    return { text, action: conversationId === null ? null : show }
  }

  async #contact(conversationId: string | null): Promise<string> {
    if (conversationId === null) return t('common.appName')
    const input = { conversationId: conversationId as ConversationId, limit: 1 } // an id the host gave us
    const page = await this.#api.call('thread.page', input)
    return contactName(page.contact)
  }
}
