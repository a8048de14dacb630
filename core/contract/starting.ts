import { AppError } from '../lib/errors.ts'
import type { Reply } from './client.ts'
import { answer, type Host } from './host.ts'

/** As `answer`, for a host that is still starting. When it could not start, whoever asks hears the code. */
export async function answerOnceStarted(
  starting: Promise<{ host: Host }>,
  method: string,
  input: unknown,
): Promise<Reply> {
  let host: Host
  try {
    host = (await starting).host
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal'
    return { ok: false, error: { code, message: 'the console could not start' } }
  }
  return answer(host, method, input)
}
