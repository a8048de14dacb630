import { unreachable } from '../../core/lib/must.ts'
import { changeTemplate, noteAccountEvent } from './account.ts'
import { noteCall } from './call.ts'
import { changeControl } from './control.ts'
import { editMessage, revokeMessage } from './deeds.ts'
import type { Fold } from './fold.ts'
import type { Happening } from './happening.ts'
import {
  changeIdentity,
  changeNumber,
  changeUserId,
  noteSystem,
  requestWelcome,
  setPreference,
} from './people.ts'
import { giveReaction } from './reactions.ts'
import { reportStatus } from './reports.ts'
import type { Result } from './result.ts'
import { importMessage, receiveMessage } from './writing.ts'

/** Folds one happening into the state. The same happening a second time changes nothing. */
export function apply(fold: Fold, happening: Happening): Result {
  switch (happening.kind) {
    case 'message-received':
      return receiveMessage(fold, happening)
    case 'echo-sent':
    case 'history-message':
      return importMessage(fold, happening)
    case 'system-notice':
      return noteSystem(fold, happening)
    case 'reaction-given':
      return giveReaction(fold, happening)
    case 'message-edited':
      return editMessage(fold, happening)
    case 'message-revoked':
      return revokeMessage(fold, happening)
    case 'status-changed':
      return reportStatus(fold, happening)
    case 'user-id-changed':
      return changeUserId(fold, happening)
    case 'number-changed':
      return changeNumber(fold, happening)
    case 'identity-changed':
      return changeIdentity(fold, happening)
    case 'welcome-requested':
      return requestWelcome(fold, happening)
    case 'marketing-preference':
      return setPreference(fold, happening)
    case 'call-event':
      return noteCall(fold, happening)
    case 'control-changed':
      return changeControl(fold, happening)
    case 'account-event':
      return noteAccountEvent(fold, happening)
    case 'template-changed':
      return changeTemplate(fold, happening)
    default:
      return unreachable(happening)
  }
}
