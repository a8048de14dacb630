/** Every failure a caller may act on. docs/errors.md has a row for each; a test keeps the two equal. */
export const errorCodes = [
  'bad-request', // the input does not match the contract
  'not-found', // no such conversation, message, file or address
  'unauthenticated', // no session, or it has ended
  'wrong-credentials', // e-mail or password is not right
  'too-many-attempts', // sign-in is paused for a while
  'forbidden', // the role may not do this
  'conflict', // somebody changed it first
  'already-exists', // the name or address is taken
  'colleague-answered', // somebody else replied after the screen's newest message
  'new-activity', // the customer wrote after the screen's newest message
  'time-passed', // the time it was meant for is over
  'window-closed', // WhatsApp's 24-hour customer window is over: only a template may be sent
  'template-mismatch', // the values do not fit the stored template
  'template-unavailable', // WhatsApp does not take this template now: not approved, paused, disabled or gone
  'marketing-stopped', // the contact does not want marketing messages
  'too-old', // it waited so long for a server that nobody can tell whether it was done
  'not-in-control', // another app of the firm answers this contact
  'label-gone', // there is no such label, or it was deleted
  'too-large', // the body or file exceeds its limit
  'unsupported-media', // WhatsApp does not accept this kind of file
  'idempotency-mismatch', // the key was used before with another body
  'version-mismatch', // console and server speak no common protocol version
  'offline', // the server cannot be reached; nothing was sent
  'not-kontor', // something answers at this address, but it is no Kontor server
  'disk-full', // nothing could be saved
  'unavailable', // database or bus cannot be reached; try again
  'whatsapp', // WhatsApp refused; details carry its code
  'internal', // a bug: already logged, nothing the person can do
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** What crosses a process or the network in place of an Error, whose class and fields would be lost on the way. */
export type ErrorData = { code: ErrorCode; message: string; details?: unknown }

/** An expected failure. Branch on `code`; `message` is for the log and is never parsed. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: unknown

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { details?: unknown }) {
    super(message, options)
    this.code = code
    this.details = options?.details
  }
}
