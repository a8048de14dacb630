import { GraphError } from '../errors.ts'

/** Refusals of a definition carry code 100 and say what is wrong in their subcode and user message. */
export function refusal(subcode: number, title: string, message: string): GraphError {
  return new GraphError(100, undefined, {
    message: 'Invalid parameter',
    subcode,
    userTitle: title,
    userMessage: message,
  })
}
