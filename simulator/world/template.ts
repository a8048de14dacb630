import type { JsonObject } from '../json.ts'

/** A message template as the account holds it, under the names the Graph API shows. */
export type Template = {
  id: string
  name: string
  language: string
  status: string
  category: string
  previous_category?: string
  components: JsonObject[]
  parameter_format: 'POSITIONAL' | 'NAMED'
  quality_score: { score: string; date: number }
  rejected_reason: string
  message_send_ttl_seconds?: number
  last_updated_time: string
}
