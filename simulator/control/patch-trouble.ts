/** What Meta does to an account that broke a rule, and what it warns of. */
import type { JsonObject } from '../json.ts'
import { announce } from '../webhooks/announce.ts'
import type { World } from '../world/world.ts'

export type Trouble = {
  ban?: 'DISABLE' | 'REINSTATE' | 'SCHEDULE_FOR_DISABLE'
  isDeleted?: true
  violation?: string
  /** Null lifts them all. */
  restriction?: { type: string; expiresInMs?: number } | null
  alert?: { type: string; severity?: string; description?: string }
}

const usualRestrictionMs = 3 * 86_400_000

export function announceTrouble(world: World, trouble: Trouble): void {
  const { ban, isDeleted, violation, restriction, alert } = trouble
  if (ban !== undefined) changeBan(world, ban)
  if (isDeleted) {
    world.account.status = 'DELETED'
    tell(world, 'ACCOUNT_DELETED', {})
  }
  if (violation !== undefined) {
    tell(world, 'ACCOUNT_VIOLATION', { violation_info: { violation_type: violation } })
  }
  if (restriction === null) world.account.restrictions = []
  else if (restriction) restrict(world, restriction)
  if (alert) {
    announce(world, 'account_alerts', {
      entity_type: 'BUSINESS',
      entity_id: world.account.businessId,
      alert_info: {
        alert_severity: alert.severity ?? 'WARNING',
        alert_status: 'ACTIVE',
        alert_type: alert.type,
        alert_description: alert.description ?? alert.type,
      },
    })
  }
}

function changeBan(world: World, state: 'DISABLE' | 'REINSTATE' | 'SCHEDULE_FOR_DISABLE'): void {
  if (state !== 'SCHEDULE_FOR_DISABLE') {
    world.account.status = state === 'DISABLE' ? 'DISABLED' : 'ACTIVE'
  }
  const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'long' }).format(world.clock.nowMs())
  tell(world, 'DISABLED_UPDATE', { ban_info: { waba_ban_state: state, waba_ban_date: date } })
}

/** It holds until it expires on the platform's clock. */
function restrict(world: World, restriction: { type: string; expiresInMs?: number }): void {
  const untilMs = world.clock.nowMs() + (restriction.expiresInMs ?? usualRestrictionMs)
  world.account.restrictions.push({ type: restriction.type, untilMs })
  tell(world, 'ACCOUNT_RESTRICTION', {
    restriction_info: [
      { restriction_type: restriction.type, expiration: Math.floor(untilMs / 1000) },
    ],
  })
}

function tell(world: World, event: string, more: JsonObject): void {
  announce(world, 'account_update', { event, ...more })
}
