/** What we ask of WhatsApp about how a number looks to contacts. Facts 3, 8.1 and 8.3. */
import Type, { type Static, type TSchema } from 'typebox'
import type { Components } from '../../core/domain/components.ts'
import type { Profile, ProfileChange } from '../../core/domain/profile.ts'
import { must } from '../../core/lib/must.ts'
import { present } from '../../core/lib/present.ts'
import type { GraphRequest } from './graph.ts'

const Text = Type.Optional(Type.String())
const ProfileNode = Type.Object({
  data: Type.Array(
    Type.Object({
      about: Text,
      address: Text,
      description: Text,
      email: Text,
      profile_picture_url: Text,
      websites: Type.Optional(Type.Array(Type.String())),
      vertical: Text,
    }),
    { minItems: 1 },
  ),
})
const fields = 'about,address,description,email,profile_picture_url,websites,vertical'

const ComponentsNode = Type.Object({
  conversational_automation: Type.Optional(
    Type.Object({
      prompts: Type.Optional(Type.Array(Type.String())),
      commands: Type.Optional(
        Type.Array(
          Type.Object({ command_name: Type.String(), command_description: Type.String() }),
        ),
      ),
      enable_welcome_message: Type.Optional(Type.Boolean()),
    }),
  ),
})
const Token = Type.Object({ data: Type.Object({ app_id: Type.String() }) })
const Begun = Type.Object({ id: Type.String() })
const Uploaded = Type.Object({ h: Type.String() })
const Success = Type.Object({ success: Type.Literal(true) })

const product = { messaging_product: 'whatsapp' }
/** A picture of at most 5 MB on a slow line. */
const transferTimeoutMs = 60_000

type Read = <S extends TSchema>(schema: S, request: GraphRequest) => Promise<Static<S>>

/** @param read asks once; @throws AppError `whatsapp`, `unavailable` */
export function profileCalls(read: Read, token: string) {
  return {
    /** `pictureUrl` is null while there is no picture. */
    async getProfile(numberId: string): Promise<{ profile: Profile; pictureUrl: string | null }> {
      const path = `${numberId}/whatsapp_business_profile`
      const { data } = await read(ProfileNode, { method: 'GET', path, query: { fields } })
      const node = must(data[0], 'a profile')
      const { about = '', address = '', description = '', email = '', vertical = '' } = node
      const profile = { about, address, description, email, vertical }
      const pictureUrl = node.profile_picture_url ?? null
      return { profile: { ...profile, websites: node.websites ?? [] }, pictureUrl }
    },

    async setProfile(numberId: string, change: ProfileChange & { handle?: string }): Promise<void> {
      const { handle, ...members } = change
      const json = { ...product, ...members, ...present({ profile_picture_handle: handle }) }
      await read(Success, { method: 'POST', path: `${numberId}/whatsapp_business_profile`, json })
    },

    /** Brings a picture to WhatsApp. @returns the handle that a profile names it by */
    async uploadPicture(bytes: Buffer, mime: string): Promise<string> {
      const ours = { method: 'GET' as const, path: 'debug_token', query: { input_token: token } }
      const { data } = await read(Token, ours)
      const query = {
        file_name: 'profile',
        file_length: String(bytes.length),
        file_type: mime,
      }
      const begun = await read(Begun, { method: 'POST', path: `${data.app_id}/uploads`, query })
      const timeoutMs = transferTimeoutMs
      return (await read(Uploaded, { method: 'POST', path: begun.id, bytes, timeoutMs })).h
    },

    async getComponents(numberId: string): Promise<Components> {
      const query = { fields: 'conversational_automation' }
      const node = await read(ComponentsNode, { method: 'GET', path: numberId, query })
      const { prompts, commands, enable_welcome_message } = node.conversational_automation ?? {}
      return {
        iceBreakers: prompts ?? [],
        commands: (commands ?? []).map((one) => ({
          name: one.command_name,
          description: one.command_description,
        })),
        hasWelcome: enable_welcome_message ?? false,
      }
    },

    async setComponents(numberId: string, components: Components): Promise<void> {
      const { iceBreakers, commands, hasWelcome } = components
      const json = {
        enable_welcome_message: hasWelcome,
        prompts: iceBreakers,
        commands: commands.map(({ name, description }) => ({
          command_name: name,
          command_description: description,
        })),
      }
      const path = `${numberId}/conversational_automation`
      await read(Success, { method: 'POST', path, json })
    },
  }
}
