import { isObject } from '../../json.ts'
import { listOf, optionalFlag, requiredText, type Call } from '../call.ts'
import { badParameter, invalid } from '../errors.ts'

/** @see https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers/conversational-components */
const mostPrompts = 4
const longestPrompt = 80
const mostCommands = 30
const longestName = 32
const longestDescription = 256

/** Ice breakers, commands and the welcome message. What is left out stays. */
export function changeAutomation({ world, node, values }: Call<'number'>) {
  const { number } = node
  const before = number.conversational_automation
  const welcome = optionalFlag(values, 'enable_welcome_message')
  number.conversational_automation = {
    id: before?.id ?? world.ids.object(),
    enable_welcome_message: welcome ?? before?.enable_welcome_message ?? false,
    prompts: values.prompts === undefined ? (before?.prompts ?? []) : promptsIn(values),
    commands: values.commands === undefined ? (before?.commands ?? []) : commandsIn(values),
  }
  return { success: true }
}

function promptsIn(values: Call['values']): string[] {
  const prompts = listOf(values, 'prompts')
  if (prompts.length > mostPrompts) throw invalid('prompts', `may hold ${mostPrompts} texts`)
  return prompts.map((one) => {
    if (typeof one !== 'string') throw badParameter('prompts', 'must hold texts')
    return plain('prompts', one, longestPrompt)
  })
}

function commandsIn(values: Call['values']) {
  const commands = listOf(values, 'commands')
  if (commands.length > mostCommands) throw invalid('commands', `may hold ${mostCommands}`)
  const read = commands.map((one) => {
    if (!isObject(one)) throw badParameter('commands', 'must hold objects')
    const name = requiredText(one, 'command_name')
    const description = requiredText(one, 'command_description')
    return {
      command_name: plain('command_name', name, longestName),
      command_description: plain('command_description', description, longestDescription),
    }
  })
  const names = new Set(read.map((one) => one.command_name))
  if (names.size < read.length) throw invalid('commands', 'must not repeat a name')
  return read
}

function plain(name: string, text: string, limit: number): string {
  if (text === '') throw invalid(name, 'must not be empty')
  if (text.length > limit) throw invalid(name, `must be at most ${limit} characters long`)
  if (/\p{Extended_Pictographic}/u.test(text)) throw invalid(name, 'may not hold emoji')
  return text
}
