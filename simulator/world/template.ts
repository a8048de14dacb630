import type { JsonObject } from '../json.ts'

/** A message template as the account holds it, under the names the Graph API shows. */
export type Template = {
  id: string
  name: string
  language: string
  status: string
  category: string
  previous_category?: string
  /** What Meta thinks it is, while the firm still calls it something else. */
  correct_category?: string
  sub_category?: string
  components: JsonObject[]
  parameter_format: 'POSITIONAL' | 'NAMED'
  quality_score: { score: string; date: number }
  rejected_reason: string
  message_send_ttl_seconds?: number
  library_template_name?: string
  cta_url_link_tracking_opted_out?: boolean
  bid_spec?: JsonObject
  source?: string
  last_updated_time: string
  /** Edits of the approved template: one a day, ten in 30 days. */
  editedAtMs?: number[]
  /** Pauses for bad quality so far: 3 hours, 6 hours, then disabled. */
  pauses?: number
  /** Why it is paused: bad quality ends by itself, pacing only by hand. */
  pausedFor?: 'quality' | 'pacing'
  /** While it is being paced: how many sends still pass before the rest is held. */
  passes?: number
}
