import { AppError, type ErrorCode } from '../../core/lib/errors.ts'

/** Why a deed did not happen, with what the server says about it. */
export type Stopped = { code: ErrorCode; details: unknown }

export function stoppedBy(error: unknown): Stopped {
  return error instanceof AppError
    ? { code: error.code, details: error.details }
    : { code: 'internal', details: undefined }
}
