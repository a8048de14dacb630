import type { ConversationId } from '../../core/domain/ids.ts'
import type { Console } from './console.ts'
import { perform } from './deeds.ts'
import type { Step } from './steps.ts'
import type { WhatsApp } from './whatsapp.ts'

/** Where a schedule is played: with the model of the server, or with the real one. */
export type Stage = {
  readonly consoles: readonly Console[]
  readonly whatsapp: WhatsApp
  conversation(index: number): ConversationId
  /** WhatsApp posts what is on its way. */
  deliver(which: number, isAgain: boolean): unknown
  /** The server understands what it has kept. */
  understand(): unknown
  /** Reports that came before their message are looked at again. */
  drain(): unknown
  /** The sender looks for what may leave. */
  claim(): unknown
  grant(who: number, team: number, isGranted: boolean): unknown
  sees(who: number, what: 'all' | 'teams' | 'assigned'): unknown
  move(conversation: number, team: number | null): unknown
  /** The next transaction takes its place in the order now and commits later. */
  slow(): unknown
  settle(): unknown
  compact(): unknown
  crash(): unknown
  backup(): unknown
  restore(): unknown
  /** A row is lost on a console, and nobody is told. */
  spoil(who: number, what: 'conversation' | 'message'): unknown
  /** Somebody's disk is copied to another machine, and both go on. */
  clone(who: number): unknown
}

/** Does what the step says. */
export async function take(stage: Stage, step: Step): Promise<unknown> {
  if ('who' in step) {
    const console = stage.consoles[step.who]
    return console === undefined ? undefined : takeWith(stage, console, step)
  }
  switch (step.kind) {
    case 'customer':
      return stage.whatsapp.write(step.conversation)
    case 'webhook':
      return stage.deliver(step.which, step.again)
    case 'outcome':
      return stage.whatsapp.end(step.which, step.how)
    case 'status':
      return stage.whatsapp.report(step.which)
    case 'move':
      return stage.move(step.conversation, step.team)
    default:
      return stage[step.kind]()
  }
}

function takeWith(stage: Stage, console: Console, step: Extract<Step, { who: number }>): unknown {
  switch (step.kind) {
    case 'deed':
      return perform(console, stage.conversation(step.conversation), step.what)
    case 'up':
      return console.deliverUp(step.count)
    case 'down':
      return console.deliverDown(step.count)
    case 'ring':
      return console.machine.ring()
    case 'kill':
      return console.kill(step.keep)
    case 'image':
      return console.takeImage()
    case 'grant':
    case 'revoke':
      return stage.grant(step.who, step.team, step.kind === 'grant')
    case 'sees':
      return stage.sees(step.who, step.what)
    case 'clone':
      return stage.clone(step.who)
    case 'spoil':
      return stage.spoil(step.who, step.what)
    default:
      return console[step.kind]()
  }
}
