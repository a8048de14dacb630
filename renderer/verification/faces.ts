import type { VerificationOverview } from '../../core/contract/views.ts'
import type { LedgerState, NumberView } from '../../core/domain/ledger.ts'
import { t } from '../ui/i18n.svelte.ts'
import { said } from './said.ts'

/** A number as its line in the list shows it. */
export type NumberFace = {
  id: string
  phone: string
  name: string
  standing: LedgerState
  verdict: string
  /** Whose it is; what is not known of is nobody's. */
  portfolio: string
}

/** The lines of the list: the worst portfolio first, and in it the worst number. */
export function facesOf(overview: VerificationOverview | null): NumberFace[] {
  const faces = (overview?.numbers ?? []).map(faceOf)
  const portfolios = [...new Set(faces.map(({ portfolio }) => portfolio))]
  return portfolios.flatMap((name) => faces.filter(({ portfolio }) => portfolio === name))
}

function faceOf({ number, account, state, verdict }: NumberView): NumberFace {
  const { id, displayPhone, name = '', phoneNumberId } = number
  return {
    id,
    phone: displayPhone ?? phoneNumberId,
    name,
    standing: state,
    verdict: state === 'ok' ? t('numbers.standing-ok') : said(verdict),
    portfolio: account?.businessName ?? account?.name ?? '',
  }
}

/** When WhatsApp last answered about any number; null while it never did. */
export function checkedAtMs(overview: VerificationOverview | null): number | null {
  const known = (overview?.numbers ?? []).flatMap((view) => view.checkedAtMs ?? [])
  return known.length === 0 ? null : Math.max(...known)
}
