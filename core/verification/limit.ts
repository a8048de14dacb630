/** How many people a limit allows in 24 hours: `TIER_2K`, `TIER_UNLIMITED`, `2000`, `-1`; undefined for other words. */
export function limitOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined
  if (/^(tier_unlimited|-1)$/i.test(word)) return Infinity
  const [, digits, unit] = /^(?:tier_)?(\d+)(k|m)?$/i.exec(word) ?? []
  if (digits === undefined) return undefined
  const factor = unit === undefined ? 1 : unit.toLowerCase() === 'k' ? 1000 : 1_000_000
  return Number(digits) * factor
}
