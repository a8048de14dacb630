import { invalid } from '../errors.ts'

/** How long a message of each category may be tried, in seconds. */
const ranges: Record<string, [least: number, most: number]> = {
  AUTHENTICATION: [30, 900],
  UTILITY: [30, 43_200],
  MARKETING: [43_200, 2_592_000],
}

/** -1 stands for 30 days, in the categories that would else be tried for less. */
export function checkLifetime(category: string, seconds: number | undefined): void {
  const range = ranges[category]
  if (seconds === undefined || !range) return
  if (seconds === -1 && category !== 'MARKETING') return
  const [least, most] = range
  if (seconds < least || seconds > most) {
    throw invalid('message_send_ttl_seconds', `must be ${least} to ${most} for ${category}`)
  }
}
