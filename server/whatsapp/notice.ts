import type { ToldNotice } from '../intake/happening.ts'
import { textAt } from './values.ts'

/** An alert that is over is taken back. The members stand inside `alert_info` or beside it. */
export function noticeIn(value: object): ToldNotice | undefined {
  const type = textAt(value, 'alert_info', 'alert_type') ?? textAt(value, 'alert_type')
  if (type === undefined) return undefined
  const of = (name: string) => textAt(value, 'alert_info', name) ?? textAt(value, name)
  return {
    type,
    isActive: of('alert_status') !== 'NONE',
    severity: of('alert_severity'),
    description: of('alert_description'),
  }
}
