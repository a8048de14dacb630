import type { Account } from '../../../core/domain/account.ts'
import type { OwnNumber } from '../../../core/domain/people.ts'
import type { Check } from '../../../core/domain/verification.ts'
import { anId } from '../../../core/testing/examples.ts'
import { aCheckedNumber, anAccount, dayMs } from './rows.ts'

/** How a firm may find its numbers. */
export type Scene = 'three' | 'none' | 'never' | 'refused' | 'ten'
type Shown = { numbers: OwnNumber[]; accounts: Account[] }

export function sceneOf(name: Scene, nowMs: number): Shown {
  switch (name) {
    case 'none':
      return { numbers: [], accounts: [] }
    case 'never':
      return neverChecked()
    case 'refused':
      return refused(nowMs)
    case 'ten':
      return ten(nowMs)
    case 'three':
      return three(nowMs)
  }
}

/** The drawing's: one whose quality fell, one with which all is well, one whose name was declined. */
function three(nowMs: number): Shown {
  const fallen = aCheckedNumber(nowMs, {
    quality: 'YELLOW',
    turns: {
      ...aCheckedNumber(nowMs).turns,
      quality: { sinceMs: nowMs - 5 * dayMs, before: 'GREEN' },
    },
  })
  const calm = aCheckedNumber(nowMs, {
    displayPhone: '+49 40 3006 8811',
    name: 'Nordwerk Rechnungen',
    isOfficial: true,
    officialStatus: 'APPROVED',
  })
  const declined = aCheckedNumber(nowMs, {
    displayPhone: '+43 1 205 1234',
    name: 'Nordwerk Wien',
    nameStatus: 'DECLINED',
    nameRejection: 'NAME_NOT_CONSISTENT',
    isPinEnabled: false,
    turns: { nameStatus: { sinceMs: nowMs - 2 * dayMs, before: 'PENDING_REVIEW' } },
  })
  return { numbers: [fallen, calm, declined], accounts: [anAccount(nowMs)] }
}

/** Just connected: WhatsApp was not asked yet. */
function neverChecked(): Shown {
  const number: OwnNumber = {
    id: anId(),
    phoneNumberId: '106000000000001',
    accountId: '102000000000001',
    displayPhone: '+49 40 3006 8810',
    name: 'Nordwerk Kundenservice',
    health: 'ok',
  }
  return { numbers: [number], accounts: [] }
}

/** WhatsApp has taken no question for three hours, for want of a token it believes. */
function refused(nowMs: number): Shown {
  const sinceMs = nowMs - 3 * 3_600_000
  const failing: Check = {
    answeredAtMs: sinceMs - 600_000,
    failing: { code: '190', sinceMs },
  }
  const number = aCheckedNumber(nowMs, {
    health: 'paused',
    heardAtMs: sinceMs,
    checks: { number: failing, settings: failing },
  })
  const account = anAccount(nowMs, {
    token: { isValid: false, scopes: [], kind: 'SYSTEM_USER' },
    checks: { account: failing, token: { answeredAtMs: nowMs - 60_000 }, subscription: failing },
  })
  return { numbers: [number], accounts: [account] }
}

const places = ['Hamburg', 'Kiel', 'Bremen', 'Berlin', 'Leipzig', 'Köln', 'Wien', 'Linz', 'Zürich']

/** Two portfolios with ten numbers, three of them in trouble. */
function ten(nowMs: number): Shown {
  const { numbers, accounts } = three(nowMs)
  const second = { metaId: '102000000000002', businessId: '502', businessName: 'Nordwerk Süd AG' }
  const more = places.map((place, index) =>
    aCheckedNumber(nowMs, {
      displayPhone: `+49 40 3006 88${12 + index}`,
      name: `Nordwerk ${place}`,
      accountId: index < 4 ? '102000000000001' : second.metaId,
      ...(place === 'Linz' ? { status: 'BANNED' } : {}),
    }),
  )
  const [first] = numbers
  return {
    numbers: [...(first === undefined ? [] : [first]), ...more],
    accounts: [...accounts, anAccount(nowMs, { ...second, id: anId() })],
  }
}
