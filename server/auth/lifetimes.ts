const secondMs = 1_000
const minuteMs = 60 * secondMs
const dayMs = 24 * 60 * minuteMs

export const accessMs = 15 * minuteMs
/** Unused for this long, a device is signed out. */
export const refreshMs = 30 * dayMs
/** How long the answer of a refresh may be asked for again. */
export const retryMs = 30 * secondMs
export const ticketMs = 30 * secondMs
export const setupLinkMs = dayMs
/** Failed attempts are counted for this long. */
export const attemptsMs = 15 * minuteMs
export const maxAttemptsPerAccount = 10
/** An office shares an address. */
export const maxAttemptsPerAddress = 50
