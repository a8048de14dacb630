/** The display name and the review of another one. */
import { announce } from '../webhooks/announce.ts'
import { digitsOf, type BusinessNumber } from '../world/number.ts'
import { stableHex } from '../world/random.ts'
import type { World } from '../world/world.ts'

export type NamePatch = {
  displayName?: string
  nameStatus?: string
  newDisplayName?: string
  newNameStatus?: string
  rejectionReason?: string
}

const certificateLifeMs = 7 * 86_400_000

/** The webhook speaks of a decision; the number itself of a status. */
const decisions: Record<string, string | undefined> = {
  APPROVED: 'APPROVED',
  AVAILABLE_WITHOUT_REVIEW: 'APPROVED',
  DECLINED: 'REJECTED',
  PENDING_REVIEW: 'PENDING',
  DEFERRED: 'DEFERRED',
}

export function changeName(world: World, number: BusinessNumber, patch: NamePatch): void {
  number.verified_name = patch.displayName ?? number.verified_name
  if (patch.newDisplayName !== undefined) {
    number.new_display_name = patch.newDisplayName
    number.new_name_status = 'PENDING_REVIEW'
  }
  const status = patch.newNameStatus ?? patch.nameStatus
  if (status === undefined) return
  const requested = number.new_display_name ?? number.verified_name
  if (number.new_display_name === undefined) {
    number.name_status = status
  } else if (decisions[status] === 'APPROVED') {
    number.verified_name = number.new_display_name
    number.name_status = status
    delete number.new_display_name
    delete number.new_name_status
    issueCertificate(world, number)
  } else {
    number.new_name_status = status
  }
  announceDecision(world, number, decisions[status], requested, patch.rejectionReason)
}

function announceDecision(
  world: World,
  number: BusinessNumber,
  decision: string | undefined,
  requested: string,
  reason = 'NAME_FORMAT_UNACCEPTABLE',
): void {
  if (decision === undefined) return
  announce(world, 'phone_number_name_update', {
    display_phone_number: digitsOf(number.display_phone_number),
    decision,
    requested_verified_name: requested,
    rejection_reason: decision === 'REJECTED' ? reason : null,
  })
}

/** It has to be taken by `register` within a week, or the name expires. */
function issueCertificate(world: World, number: BusinessNumber): void {
  const hex = stableHex(world.seed, `certificate ${number.id} ${number.verified_name}`)
  const certificate = Buffer.from(hex, 'hex').toString('base64')
  number.new_certificate = certificate
  world.clock.after(certificateLifeMs, () => {
    if (number.new_certificate !== certificate) return
    delete number.new_certificate
    number.name_status = 'EXPIRED'
  })
}
